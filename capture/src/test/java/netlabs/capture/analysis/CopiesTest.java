package netlabs.capture.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import netlabs.capture.RawPcap;
import netlabs.capture.file.CaptureBytes;
import netlabs.capture.file.CaptureReader;
import netlabs.capture.packet.Packet;
import org.junit.jupiter.api.Test;

/** Mostly datagrams over IPv6, which have no identification, with the half checksum that is filled in later. */
class CopiesTest {
    private static final int MICROSECONDS = 0xa1b2_c3d4;
    private static final int LINUX_SLL2 = 276;
    private static final int RAW = 101;
    private static final int CHECKSUM = 0xfa22;

    private final CaptureBytes file = CaptureBytes.in(ByteOrder.LITTLE_ENDIAN).pcap(MICROSECONDS, LINUX_SLL2);
    private int micros;

    private CopiesTest seen(int index, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer packet = ByteBuffer.allocate(20 + 40 + 8 + payload.length);
        packet.putShort((short) 0x86dd)
                .putShort((short) 0)
                .putInt(index)
                .putLong(0)
                .putInt(0);
        packet.putInt(0x6000_0000)
                .putShort((short) (8 + payload.length))
                .put((byte) 17)
                .put((byte) 64);
        packet.putLong(0xfd00L << 48).putLong(1).putLong(0xfd00L << 48).putLong(2);
        packet.putShort((short) 5009).putShort((short) 5010).putShort((short) (8 + payload.length));
        packet.putShort((short) CHECKSUM).put(payload);
        micros += 2;
        file.record(0, micros, packet.capacity(), packet.array());
        return this;
    }

    private CopiesTest later() {
        micros += 20_000;
        return this;
    }

    private List<Boolean> copies() throws IOException {
        return copies(file.toBytes());
    }

    private static List<Boolean> copies(byte[] file) throws IOException {
        List<Boolean> copies = new ArrayList<>();
        Copies memory = new Copies();
        Packet packet = new Packet();
        try (CaptureReader reader = CaptureReader.of(file)) {
            while (reader.next()) {
                packet.decode(reader);
                copies.add(memory.isCopy(packet));
            }
        }
        return copies;
    }

    @Test
    void theSameOnAnotherInterfaceIsACopy() throws IOException {
        assertThat(seen(3, "hello").seen(4, "hello").seen(5, "hello").copies()).containsExactly(false, true, true);
    }

    @Test
    void anotherTextIsAnotherDatagram() throws IOException {
        assertThat(seen(3, "hello").seen(4, "world").copies()).containsExactly(false, false);
    }

    @Test
    void theSameTextOnceMoreIsAnotherDatagram() throws IOException {
        seen(3, "hello").seen(4, "hello").later().seen(3, "hello").seen(4, "hello");

        assertThat(copies()).containsExactly(false, true, false, true);
    }

    @Test
    void theSameTextOnOneInterfaceIsAnotherDatagram() throws IOException {
        assertThat(seen(3, "hello").seen(3, "hello").copies()).containsExactly(false, false);
    }

    /** A SYN that comes at once is a copy, one that is sent again is not; without times nobody can tell. */
    @Test
    void aSynWithoutATimeIsNoCopy() throws IOException {
        RawPcap syns = new RawPcap()
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "");

        assertThat(copies(syns.bytes())).containsExactly(false, true);
        assertThat(copies(syns.withoutTimes())).containsExactly(false, false);
    }

    /** As Wireshark records a bridge and its ports. */
    @Test
    void theSameOnAnotherInterfaceOfThePcapngFileIsACopy() throws IOException {
        RawPcap datagram = new RawPcap().datagramOverIpv6(5009, 5010, "hello");

        assertThat(copies(onInterfaces(datagram, 0, 1, 2))).containsExactly(false, true, true);
        assertThat(copies(onInterfaces(datagram, 1, 1))).containsExactly(false, false);
    }

    /** No host sends it again so soon. */
    @Test
    void aSynThatComesAtOnceIsACopyOnAnyInterface() throws IOException {
        RawPcap syn = new RawPcap().tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "");

        assertThat(copies(onInterfaces(syn, 0, 0))).containsExactly(false, true);
        assertThat(copies(onInterfaces(syn, 1, 1))).containsExactly(false, true);
    }

    private static byte[] onInterfaces(RawPcap capture, int... interfaces) {
        CaptureBytes file = CaptureBytes.in(ByteOrder.LITTLE_ENDIAN).section();
        for (int i = 0; i < 3; i++) {
            file.description(RAW, 0, 9, (byte) 6);
        }
        for (int number : interfaces) {
            file.packet(number, 1_000, capture.packet().length, capture.packet());
        }
        return file.toBytes();
    }
}
