package netlabs.binary;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dissector in samples/wireshark/ finds in a recorded exchange what was sent. */
@Timeout(120)
class WiresharkIT {
    private static final String[] MESSAGES = {"HELLO", "three frames, or one of 42 bytes, as it is", "naïve ✓"};

    @TempDir
    private Path folder;

    private RunningProgram server(FrameCodec codec) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("server", "--echo", "--bind", "127.0.0.1", "--port", "0"));
        arguments.addAll(kind(codec));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private static List<String> kind(FrameCodec codec) {
        return codec instanceof VariableFrames variable
                ? List.of("--kind", "variable", "--layout", layout(variable.layout()))
                : List.of("--kind", "fixed");
    }

    private static String layout(Layout layout) {
        return layout == Layout.ORDER_SIZE ? "order-size" : "size-order";
    }

    /** Records what goes to and from {@code port}; nothing is missed once this has returned. */
    private RunningProgram record(int port) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-i", "lo", "-f", "tcp port " + port));
        arguments.addAll(List.of("-w", "frames.pcapng", "-P", "-l", "-T", "fields"));
        arguments.addAll(List.of("-e", "tcp.srcport", "-e", "tcp.flags.fin"));
        RunningProgram tshark = Peers.start(folder, "tshark", arguments.toArray(new String[0]));
        try {
            tshark.awaitError("Capture started", TIMEOUT);
        } catch (TimeoutException e) {
            tshark.close();
            throw Peers.missing("permission to capture on lo: " + tshark.error().strip());
        }
        return tshark;
    }

    /** A packet that tshark has printed is in the file. */
    private static void awaitEnd(RunningProgram tshark, int clientPort, int serverPort) throws Exception {
        tshark.awaitOutput("\n" + clientPort + "\t1\n", TIMEOUT);
        tshark.awaitOutput("\n" + serverPort + "\t1\n", TIMEOUT);
        tshark.terminate();
        tshark.awaitExit(TIMEOUT);
    }

    private List<String> read(FrameCodec codec, int port, String filter, String... fields) throws Exception {
        List<String> command = new ArrayList<>(List.of("-r", "frames.pcapng", "-X"));
        command.add("lua_script:" + LabJar.samples().resolve("wireshark/netlabs_binary.lua"));
        command.addAll(List.of("-o", "netlabs_binary.port:" + port));
        List<String> kind = kind(codec);
        for (int i = 0; i < kind.size(); i += 2) {
            command.addAll(List.of("-o", "netlabs_binary." + kind.get(i).substring(2) + ":" + kind.get(i + 1)));
        }
        command.addAll(List.of("-Y", filter, "-T", "fields", "-E", "aggregator=|"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        try (RunningProgram tshark = Peers.start(folder, "tshark", command.toArray(new String[0]))) {
            assertThat(tshark.awaitExit(TIMEOUT)).as(tshark.toString()).isEqualTo(0);
            return tshark.output().lines().toList();
        }
    }

    /** All values of one field in the order of the frames, however many are in a packet. */
    private static List<String> values(List<String> packets, int port, int field) {
        return packets.stream()
                .map(packet -> packet.split("\t", -1))
                .filter(values -> values[0].equals("" + port))
                .flatMap(values -> Arrays.stream(values[field].split("\\|")))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"fixed, -", "fixed, nul", "ORDER_SIZE, ''", "SIZE_ORDER, ''"})
    void whatWasSentIsRead(String what, String pad) throws Exception {
        FrameCodec codec = what.equals("fixed")
                ? new FixedFrames((byte) (pad.equals("nul") ? 0 : '-'))
                : new VariableFrames(Layout.valueOf(what));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> orders = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> padding = new ArrayList<>();
        long order = 0xffff_fffeL;
        for (String message : MESSAGES) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            for (ByteBuffer frame : codec.encode(order, bytes)) {
                stream.writeBytes(frame.array());
                orders.add(Long.toString(order));
                sizes.add(Integer.toString(bytes.length));
                order = order + 1 & FrameCodec.MAX_UNSIGNED;
            }
            for (int start = 0; start < bytes.length; start += codec.bodyLength(bytes.length)) {
                int length = Math.min(codec.bodyLength(bytes.length), bytes.length - start);
                texts.add(new String(bytes, start, length, StandardCharsets.UTF_8));
                if (length < codec.bodyLength(bytes.length)) {
                    padding.add((pad.equals("nul") ? "00" : "2d").repeat(20 - length));
                }
            }
        }
        byte[] whole = stream.toByteArray();

        int port;
        try (RunningProgram server = server(codec)) {
            port = server.awaitReady(TIMEOUT);
            try (RunningProgram tshark = record(port)) {
                List<String> client =
                        new ArrayList<>(List.of("client", "--echo", "--port", "" + port, "--order", "4294967294"));
                client.addAll(kind(codec));
                if (!pad.isEmpty()) {
                    client.addAll(List.of("--pad", pad));
                }
                client.addAll(List.of(MESSAGES));
                try (RunningProgram sender = LabJar.start(folder, client.toArray(new String[0]))) {
                    assertThat(sender.awaitExit(TIMEOUT)).as(sender.toString()).isEqualTo(0);
                }
                // The same, joined and cut: inside the second header, and inside its text.
                int first = codec.encode(1, MESSAGES[0].getBytes(StandardCharsets.UTF_8))
                        .get(0)
                        .remaining();
                try (Wire wire = Wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                    wire.send(Arrays.copyOf(whole, first + 4))
                            .expect(Arrays.copyOf(whole, first))
                            .send(Arrays.copyOfRange(whole, first + 4, first + 15))
                            .send(Arrays.copyOfRange(whole, first + 15, whole.length))
                            .expect(Arrays.copyOfRange(whole, first, whole.length))
                            .halfClose()
                            .expectEnd();
                    awaitEnd(tshark, wire.localPort(), port);
                }
            }
        }

        List<String> packets = read(
                codec,
                port,
                "netlabs_binary",
                "tcp.srcport",
                "netlabs_binary.version",
                "netlabs_binary.order",
                "netlabs_binary.size",
                "netlabs_binary.text",
                "netlabs_binary.padding");
        List<Integer> ports = packets.stream()
                .map(packet -> Integer.valueOf(packet.split("\t")[0]))
                .distinct()
                .toList();
        assertThat(ports).as("two clients, one server").hasSize(3).contains(port);
        List<Integer> clients = ports.stream().filter(each -> each != port).toList();
        for (int client : clients) {
            assertThat(values(packets, client, 1)).hasSameSizeAs(orders).containsOnly("1");
            assertThat(values(packets, client, 2)).isEqualTo(orders);
            assertThat(values(packets, client, 3)).isEqualTo(sizes);
            assertThat(values(packets, client, 4)).isEqualTo(texts);
            assertThat(values(packets, client, 5)).isEqualTo(padding);
        }
        // The echoes: to one client, then to the other.
        assertThat(values(packets, port, 2)).isEqualTo(twice(orders));
        assertThat(values(packets, port, 3)).isEqualTo(twice(sizes));
        assertThat(values(packets, port, 4)).isEqualTo(twice(texts));
        assertThat(values(packets, port, 5)).isEqualTo(twice(padding));
    }

    private static List<String> twice(List<String> list) {
        List<String> twice = new ArrayList<>(list);
        twice.addAll(list);
        return twice;
    }

    @Test
    void anOriginalsTruncatedFrameIsNoPartOfTheNextMessage() throws Exception {
        FrameCodec codec = new FixedFrames((byte) '-');
        int port;
        try (RunningProgram server = server(codec)) {
            port = server.awaitReady(TIMEOUT);
            try (RunningProgram tshark = record(port);
                    Wire wire = Wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                for (int order = 1; order <= 2; order++) {
                    byte[] message = (order + " of 24, the rest is cut").getBytes(StandardCharsets.UTF_8);
                    byte[] first = codec.encode(order, message).get(0).array();
                    wire.send(first).expect(first);
                }
                wire.halfClose().expectEnd();
                awaitEnd(tshark, wire.localPort(), port);
            }
        }
        assertThat(read(codec, port, "netlabs_binary && tcp.dstport == " + port, "netlabs_binary.text"))
                .containsExactly("1 of 24, the rest is", "2 of 24, the rest is");
    }

    @Test
    void aHostileSizeIsMarkedAndNotWaitedFor() throws Exception {
        FrameCodec codec = new VariableFrames(Layout.ORDER_SIZE);
        int port;
        try (RunningProgram server = server(codec)) {
            port = server.awaitReady(TIMEOUT);
            try (RunningProgram tshark = record(port);
                    Wire wire = Wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                wire.send(HexFormat.of().parseHex("0100000001ffffffff"))
                        .expectEnd()
                        .halfClose();
                awaitEnd(tshark, wire.localPort(), port);
            }
        }
        assertThat(read(codec, port, "netlabs_binary.too_large", "netlabs_binary.order", "netlabs_binary.size"))
                .containsExactly("1\t4294967295");
    }
}
