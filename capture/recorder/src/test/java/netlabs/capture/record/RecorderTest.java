package netlabs.capture.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import netlabs.common.LabException;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packets of the loopback, recorded. Wants the permission to capture. */
class RecorderTest {
    private static final int EXCHANGES = 200;
    private static final int SLL2_BYTES = 20;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int ACK = 16;

    @TempDir
    Path folder;

    @BeforeEach
    void mayCapture() {
        try {
            record("tcp port 1").close();
        } catch (LabException e) {
            Peers.missing("recording: " + e.getMessage());
        }
    }

    @Test
    void hasEveryPacketFromTheSynToTheLastAckTwoHundredTimes() throws IOException {
        for (int i = 1; i <= EXCHANGES; i++) {
            hasEveryPacketOfAnExchange(i);
        }
    }

    private void hasEveryPacketOfAnExchange(int number) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Recorder recorder = record("tcp port " + listener.getLocalPort());
            try (recorder) {
                exchange(listener);
            }
            List<byte[]> packets = packets();
            assertThat(shape(packets)).as("exchange " + number).satisfies(RecorderTest::isComplete);
            assertThat(recorder.counts()).as("exchange " + number).isEqualTo(new Recorder.Counts(packets.size(), 0));
        }
    }

    /** Handshake, a byte and its ACK, FIN of the client, FIN of the server, ACK. ACKs may travel with what follows. */
    private static void isComplete(String shape) {
        assertThat(shape).startsWith("S SA A PA ");
        assertThat(shape).endsWith("FA A ");
        assertThat(shape.split("F", -1)).hasSize(3);
    }

    private static void exchange(ServerSocket listener) throws IOException {
        try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket served = listener.accept()) {
            client.getOutputStream().write('x');
            assertThat(served.getInputStream().read()).isEqualTo('x');
            client.shutdownOutput();
            assertThat(served.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static String shape(List<byte[]> packets) {
        StringBuilder shape = new StringBuilder();
        for (byte[] packet : packets) {
            int tcp = SLL2_BYTES + (packet[SLL2_BYTES] & 15) * 4;
            int flags = packet[tcp + 13];
            boolean payload = packet.length > tcp + (packet[tcp + 12] >> 4 & 15) * 4;
            shape.append((flags & SYN) != 0 ? "S" : "")
                    .append((flags & FIN) != 0 ? "F" : "")
                    .append(payload ? "P" : "")
                    .append((flags & ACK) != 0 ? "A " : " ");
        }
        return shape.toString();
    }

    @Test
    void recordsWhatMatchesAndNothingElse() throws IOException {
        try (DatagramSocket wanted = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Recorder recorder = record("udp port " + wanted.getLocalPort());
            assertThat(recorder.linkType()).isEqualTo("LINUX_SLL2");
            try (recorder) {
                for (int i = 0; i < 10; i++) {
                    other.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(other.getLocalAddress(), 9)));
                    other.send(new DatagramPacket(new byte[i], i, wanted.getLocalSocketAddress()));
                }
            }
            List<byte[]> packets = packets();
            assertThat(packets).hasSize(10);
            for (int i = 0; i < 10; i++) {
                assertThat(packets.get(i)).hasSize(SLL2_BYTES + 20 + 8 + i);
            }
        }
    }

    @Test
    void endsByItselfAfterItsCount() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Recorder recorder = Recorder.start(options(Recorder.ANY, "udp port " + socket.getLocalPort(), 3, "a.pcap"));
            try (recorder) {
                for (int i = 0; i < 5; i++) {
                    socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
                }
                assertThat(recorder.awaitEnd(5_000)).isTrue();
            }
            assertThat(recorder.counts().captured()).isEqualTo(3);
            assertThat(packets()).hasSize(3);
        }
    }

    /** A packet is in the file at the end of its round, and only then the next is sent. */
    @Test
    void theCountGoesOnFromRoundToRound() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Recorder recorder =
                        Recorder.start(options(Recorder.ANY, "udp port " + socket.getLocalPort(), 3, "a.pcap"))) {
            for (int i = 1; i <= 3; i++) {
                assertThat(recorder.awaitEnd(0)).isFalse();
                socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
                awaitPackets(recorder, i);
                assertThat(packets()).hasSize(i);
            }
            assertThat(recorder.awaitEnd(5_000)).isTrue();
        }
    }

    private static void awaitPackets(Recorder recorder, long count) throws InterruptedException {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (recorder.packets() < count && System.nanoTime() < deadline) {
            recorder.awaitEnd(1);
        }
        assertThat(recorder.packets()).isEqualTo(count);
    }

    @Test
    void countsWhileItRuns() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Recorder recorder = record("udp port " + socket.getLocalPort())) {
            assertThat(recorder.packets()).isZero();
            socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
            awaitPackets(recorder, 1);
        }
    }

    /** Until libpcap has set the filter, the kernel takes all that comes; what it has no room for then is nobody's. */
    @Test
    void whatDoesNotMatchIsNotCountedAsDropped() throws Exception {
        besideAFlood(20, number -> {
            Recorder recorder = record("udp port 1");
            recorder.close();
            assertThat(recorder.counts()).isEqualTo(new Recorder.Counts(0, 0));
        });
    }

    /** What the kernel took before the filter was set must not take the room of what matches. */
    @Test
    void isCompleteFromTheFirstPacketOnABusyNetwork() throws Exception {
        besideAFlood(50, this::hasEveryPacketOfAnExchange);
    }

    private interface Recording {
        void make(int number) throws IOException;
    }

    private static void besideAFlood(int times, Recording recording) throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            AtomicBoolean enough = new AtomicBoolean();
            Thread flood = new Thread(() -> flood(other, enough), "flood");
            flood.start();
            try {
                for (int i = 1; i <= times; i++) {
                    recording.make(i);
                }
            } finally {
                enough.set(true);
                flood.join();
            }
        }
    }

    private static void flood(DatagramSocket socket, AtomicBoolean enough) {
        byte[] large = new byte[60_000];
        try {
            while (!enough.get()) {
                socket.send(new DatagramPacket(large, large.length, socket.getLocalSocketAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theLoopbackByItsNameShowsEachPacketOnceToo() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Recorder recorder = Recorder.start(options("lo", "udp port " + socket.getLocalPort(), 0, "a.pcap"));
            try (recorder) {
                for (int i = 0; i < 5; i++) {
                    socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
                }
            }
            assertThat(recorder.linkType()).isEqualTo("EN10MB");
            assertThat(packets()).hasSize(5);
        }
    }

    @Test
    void anExpressionWithOrIsTakenAsAWhole() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Recorder recorder = record("tcp port 1 or udp port " + socket.getLocalPort());
            try (recorder) {
                socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
            }
            assertThat(packets()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> Recorder.start(options("nowhere0", "", 0, "b.pcap")))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("no interface nowhere0: there are ")
                .hasMessageContaining("any")
                .hasMessageContaining("lo");
        assertThatThrownBy(() -> record("tcp prt 5005"))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("filter 'tcp prt 5005': ")
                .hasMessageContaining("syntax error");
        assertThatThrownBy(() -> record("tcp) or (udp"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("syntax error");
        assertThatThrownBy(() -> Recorder.start(options(Recorder.ANY, "", 0, "no/such/folder.pcap")))
                .isInstanceOf(LabException.class)
                .hasMessage("cannot write " + folder.resolve("no/such/folder.pcap") + ": no such file or directory");
        Path kept = Files.writeString(folder.resolve("kept.pcap"), "kept");
        assertThatThrownBy(() -> Recorder.start(options(Recorder.ANY, "tcp prt 5005", 0, "kept.pcap")))
                .isInstanceOf(LabException.class);
        assertThat(kept).hasContent("kept");
    }

    private Recorder record(String filter) {
        return Recorder.start(options(Recorder.ANY, filter, 0, "a.pcap"));
    }

    private Recorder.Options options(String device, String filter, int count, String file) {
        return new Recorder.Options(device, filter, folder.resolve(file), Recorder.SNAPLEN, 4 << 20, count, 20, 0);
    }

    /** The packets of the recorded file. */
    private List<byte[]> packets() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a.pcap"))).order(ByteOrder.nativeOrder());
        assertThat(bytes.getInt(0)).isEqualTo(0xa1b2c3d4);
        bytes.position(24);
        List<byte[]> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] packet = new byte[bytes.getInt(bytes.position() + 8)];
            bytes.position(bytes.position() + 16).get(packet);
            packets.add(packet);
        }
        return packets;
    }
}
