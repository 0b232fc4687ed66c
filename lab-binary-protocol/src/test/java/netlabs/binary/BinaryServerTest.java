package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.FutureTask;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames over real connections: split, joined, echoed, refused. */
@Timeout(60)
class BinaryServerTest {
    private static final FrameCodec FIXED = new FixedFrames((byte) '-');
    private static final FrameCodec VARIABLE = new VariableFrames(Layout.ORDER_SIZE);
    private static final int MAX_SIZE = 1 << 20;

    private final TestConsole console = new TestConsole();

    private BinaryServer start(FrameCodec codec, boolean echo) {
        return start(codec, echo, 10, false);
    }

    private BinaryServer start(FrameCodec codec, boolean echo, int maxClients, boolean quiet) {
        ServerOptions where = new ServerOptions(InetAddress.getLoopbackAddress(), 0, maxClients, false, 0, quiet);
        BinaryServer server =
                new BinaryServer(new BinaryServer.Options(where, codec, MAX_SIZE, echo, ""), console.console());
        server.start();
        return server;
    }

    private static byte[] frames(FrameCodec codec, long order, String message) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer frame : codec.encode(order, message.getBytes(StandardCharsets.UTF_8))) {
            all.writeBytes(frame.array());
        }
        return all.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void everyFrameIsPrintedAndEchoed() throws Exception {
        byte[] hello = frames(FIXED, 1, "HELLO");
        try (BinaryServer server = start(FIXED, true);
                Wire client = Wire.connect(server.address())) {
            client.send(hello).expect(hello);
            assertThat(console.out()).isEqualTo("Received ver: 1, order: 1, size: 5 -> HELLO\n");
            client.halfClose().expectEnd();
        }
        assertThat(console.err())
                .startsWith("ready: listening on ('127.0.0.1', ")
                .hasLineCount(1);
    }

    @Test
    void withoutEchoNothingComesBack() throws Exception {
        try (BinaryServer server = start(VARIABLE, false);
                Wire client = Wire.connect(server.address())) {
            client.send(frames(VARIABLE, 1, "HELLO")).halfClose().expectEnd();
            assertThat(console.out()).isEqualTo("Received ver: 1, order: 1, size: 5 -> HELLO\n");
        }
    }

    @Test
    void anEchoIsTheFramesVeryBytes() throws Exception {
        byte[] odd = hex("01" + "ffffffff" + "00000003" + "414243" + "000102030405060708090a0b0c0d0e0f10");
        try (BinaryServer server = start(FIXED, true);
                Wire client = Wire.connect(server.address())) {
            client.send(odd).expect(odd);
            console.awaitOut("Received ver: 1, order: 4294967295, size: 3 -> ABC\n");
        }
    }

    @Test
    void aFrameMayComeByteByByteAndManyMayComeAtOnce() throws Exception {
        for (FrameCodec codec : new FrameCodec[] {FIXED, VARIABLE, new VariableFrames(Layout.SIZE_ORDER)}) {
            byte[] message = frames(codec, 1, "a message of more than twenty bytes");
            byte[] next = frames(codec, 3, "HELLO");
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(message);
            both.writeBytes(next);
            try (BinaryServer server = start(codec, true);
                    Wire client = Wire.connect(server.address())) {
                for (byte b : message) {
                    client.send(new byte[] {b});
                }
                client.expect(message);
                client.send(both.toByteArray()).expect(both.toByteArray());
                client.send(Arrays.copyOf(both.toByteArray(), both.size() - 1)).expect(message);
                client.send(Arrays.copyOfRange(next, next.length - 1, next.length))
                        .expect(next);
            }
        }
    }

    @Test
    void aMessageOfSeveralFramesIsPrintedOnceMore() throws Exception {
        try (BinaryServer server = start(FIXED, false);
                Wire client = Wire.connect(server.address())) {
            client.send(frames(FIXED, 1, "twenty bytes of text and more"))
                    .halfClose()
                    .expectEnd();
            assertThat(console.out())
                    .isEqualTo("Received ver: 1, order: 1, size: 29 -> twenty bytes of text\n"
                            + "Received ver: 1, order: 2, size: 29 ->  and more\n"
                            + "Message of 29 bytes: twenty bytes of text and more\n");
        }
    }

    @Test
    void aLargeFrameIsEchoedToAClientThatReadsLate() throws Exception {
        byte[] stream = new byte[20 * (MAX_SIZE + 9)];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(frames(VARIABLE, i, "x".repeat(MAX_SIZE)), 0, stream, i * (MAX_SIZE + 9), MAX_SIZE + 9);
        }
        try (BinaryServer server = start(VARIABLE, true, 10, true);
                Wire client = Wire.connect(server.address())) {
            FutureTask<Wire> sender = new FutureTask<>(() -> client.send(stream));
            new Thread(sender).start();
            client.expect(stream);
            sender.get();
            client.halfClose().expectEnd();
        }
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aHostileSizeIsRefusedBehindTheEchoesOfWhatWasGood() throws Exception {
        byte[] good = frames(VARIABLE, 1, "good");
        byte[] hostile = hex("0100000002ffffffff");
        byte[] both = Arrays.copyOf(good, good.length + hostile.length);
        System.arraycopy(hostile, 0, both, good.length, hostile.length);
        try (BinaryServer server = start(VARIABLE, true);
                Wire other = Wire.connect(server.address());
                Wire client = Wire.connect(server.address())) {
            client.send(both).expect(good).expectEnd();
            assertThat(console.err())
                    .endsWith("error: client ('127.0.0.1', " + client.localPort()
                            + ") sent a frame of 4294967295 bytes, more than 1048576 (--max-size)\n");
            other.send(good).expect(good);
        }
    }

    @Test
    void anUnknownVersionIsRefused() throws Exception {
        try (BinaryServer server = start(FIXED, true);
                Wire client = Wire.connect(server.address())) {
            client.send("GET / HTTP/1.1\r\n\r\n").expectEnd();
            assertThat(console.err())
                    .endsWith("error: client ('127.0.0.1', " + client.localPort()
                            + ") sent a frame of version 71, and only version 1 is known\n");
        }
    }

    @Test
    void anEndInsideAFrameIsSaid() throws Exception {
        try (BinaryServer server = start(FIXED, true);
                Wire header = Wire.connect(server.address());
                Wire body = Wire.connect(server.address())) {
            header.send(hex("0100")).halfClose().expectEnd();
            assertThat(console.err()).endsWith(") sent a frame that ends in its header, after 2 of 9 bytes\n");
            body.send(Arrays.copyOf(frames(FIXED, 1, "HELLO"), 12)).halfClose().expectEnd();
            assertThat(console.err()).endsWith(") sent a frame that ends after 12 of 29 bytes\n");
        }
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aMessageWithoutItsEndIsAWarningOnly() throws Exception {
        try (BinaryServer server = start(FIXED, true);
                Wire client = Wire.connect(server.address())) {
            byte[] truncated = Arrays.copyOf(frames(FIXED, 1, "x".repeat(45)), 29);
            client.send(truncated).expect(truncated).halfClose().expectEnd();
            assertThat(console.err())
                    .endsWith("warning: client ('127.0.0.1', " + client.localPort()
                            + "): the message of 45 bytes ended after 20\n");
        }
    }

    @Test
    void everyClientHasAnOrderOfItsOwn() throws Exception {
        byte[] first = frames(VARIABLE, 1, "a");
        byte[] gap = frames(VARIABLE, 5, "b");
        try (BinaryServer server = start(VARIABLE, true);
                Wire one = Wire.connect(server.address());
                Wire two = Wire.connect(server.address())) {
            one.send(first).expect(first);
            two.send(gap).expect(gap);
            one.send(gap).expect(gap);
            assertThat(console.err())
                    .endsWith("warning: client ('127.0.0.1', " + one.localPort()
                            + "): order 5 after 1, 3 frames are missing\n");
            assertThat(console.err()).hasLineCount(2);
        }
    }

    @Test
    void aClientTooManyGetsNoLineThatItWouldTakeForAFrame() throws Exception {
        byte[] frame = frames(FIXED, 1, "x");
        try (BinaryServer server = start(FIXED, true, 1, false);
                Wire first = Wire.connect(server.address()).send(frame).expect(frame)) {
            try (Wire second = Wire.connect(server.address())) {
                second.expectGone();
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset"); // before the first call on the socket
            }
            console.awaitErr("refused: the server is full, 1 client is connected");
            first.send(frames(FIXED, 2, "y")).expect(frames(FIXED, 2, "y"));
        }
    }

    @Test
    void quietPrintsNoFramesButWarnings() throws Exception {
        try (BinaryServer server = start(FIXED, true, 10, true);
                Wire client = Wire.connect(server.address())) {
            client.send(frames(FIXED, 1, "a")).expect(frames(FIXED, 1, "a"));
            client.send(frames(FIXED, 3, "b")).expect(frames(FIXED, 3, "b"));
            assertThat(console.err()).endsWith("order 3 after 1, 1 frame is missing\n");
            assertThat(console.out()).isEmpty();
        }
    }
}
