package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.LabException;
import netlabs.common.net.MessageSource;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against servers that do what they should, and others. */
@Timeout(60)
class BinaryClientTest {
    private static final int PATIENT = 30_000;
    private static final int SHORT = 300;
    private static final FrameCodec FIXED = new FixedFrames((byte) '-');
    private static final FrameCodec VARIABLE = new VariableFrames(Layout.ORDER_SIZE);
    private static final String HELLO = "\u0001\0\0\0\u0001\0\0\0\u0005HELLO";

    /** What the server does with its only client. */
    private interface Story {
        void with(Wire client) throws IOException;
    }

    private final TestConsole console = new TestConsole();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private void run(FrameCodec codec, boolean echo, int timeoutMillis, Story story, String... messages)
            throws Exception {
        FutureTask<Void> server = new FutureTask<>(() -> {
            try (Socket socket = listener.accept();
                    Wire client = Wire.of(socket)) {
                story.with(client);
            }
            return null;
        });
        new Thread(server, "story").start();
        try {
            client(codec, echo, timeoutMillis).run(MessageSource.of(List.of(messages)));
        } finally {
            server.get();
        }
    }

    private BinaryClient client(FrameCodec codec, boolean echo, int timeoutMillis) {
        BinaryClient.Options options = new BinaryClient.Options(
                "127.0.0.1", listener.getLocalPort(), timeoutMillis, codec, 1 << 20, echo, 1, "");
        return new BinaryClient(options, console.console());
    }

    private String server() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Test
    void framesAreSentAndTheEndIsWaitedFor() throws Exception {
        run(VARIABLE, false, PATIENT, client -> client.expect(HELLO).expectEnd(), "HELLO");
        assertThat(console.out()).isEqualTo("Sent ver: 1, order: 1, size: 5 -> HELLO\n");
    }

    @Test
    void anEchoIsPrintedWhenAllOfItHasCome() throws Exception {
        run(
                FIXED,
                true,
                PATIENT,
                client -> {
                    String first = "\u0001\0\0\0\u0001\0\0\0\u001512345678901234567890";
                    String second = "\u0001\0\0\0\u0002\0\0\0\u0015x" + "-".repeat(19);
                    client.expect(first)
                            .sendByteByByte(first)
                            .expect(second)
                            .send(second)
                            .expectEnd();
                },
                "12345678901234567890x");
        assertThat(console.out())
                .isEqualTo("Sent ver: 1, order: 1, size: 21 -> 12345678901234567890\n"
                        + "Received ver: 1, order: 1, size: 21 -> 12345678901234567890\n"
                        + "Sent ver: 1, order: 2, size: 21 -> x\n"
                        + "Received ver: 1, order: 2, size: 21 -> x\n"
                        + "Message of 21 bytes: 12345678901234567890x\n");
    }

    @Test
    void aServerMayEchoWhileItReceives() throws Exception {
        byte[] piece = new byte[64 * 1024];
        String large = "x".repeat(1 << 20);
        listener.setReceiveBufferSize(64 * 1024);
        FutureTask<Void> server = new FutureTask<>(() -> {
            try (Socket socket = listener.accept()) {
                for (int count; (count = socket.getInputStream().read(piece)) >= 0; ) {
                    socket.getOutputStream().write(piece, 0, count);
                }
            }
            return null;
        });
        new Thread(server).start();
        client(VARIABLE, true, PATIENT).run(MessageSource.of(List.of(large, large)));
        server.get();
        assertThat(console.out()).hasLineCount(4);
    }

    @Test
    void noEchoIsSaid() throws Exception {
        assertThatThrownBy(
                        () -> run(FIXED, true, SHORT, client -> client.read(100).length(), "x"))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        server() + " closed the connection before the last frame was echoed - the server prints why");
        assertThatThrownBy(() -> run(FIXED, true, SHORT, Wire::expectGone, "x"))
                .isInstanceOf(LabException.class)
                .hasMessage("no echo from " + server() + " within 300 ms - is the server run with --echo?");
        assertThatThrownBy(() -> run(
                        VARIABLE,
                        true,
                        SHORT,
                        c -> c.expect(HELLO).send(HELLO.substring(0, 3)).expectGone(),
                        "HELLO"))
                .isInstanceOf(LabException.class)
                .hasMessage("only 3 of 14 bytes of the echo came from " + server() + " within 300 ms");
    }

    @Test
    void anotherEchoIsSaid() throws Exception {
        assertThatThrownBy(() -> run(
                        VARIABLE,
                        true,
                        PATIENT,
                        c -> c.expect(HELLO.replace("O", "o")).send(HELLO).expectGone(),
                        "HELLo"))
                .isInstanceOf(LabException.class)
                .hasMessage(server() + " sent back another frame: byte 13 is 4f, and 6f was sent");
        assertThatThrownBy(() -> run(
                        VARIABLE,
                        true,
                        PATIENT,
                        c -> c.expect(HELLO).send(HELLO + "x").expectGone(),
                        "HELLO"))
                .isInstanceOf(LabException.class)
                .hasMessage(server() + " sent something that is no echo");
    }

    @Test
    void anEchoThatNobodyAskedForIsSaid() {
        assertThatThrownBy(() -> run(
                        VARIABLE,
                        false,
                        PATIENT,
                        c -> c.expect(HELLO).send(HELLO).expectGone(),
                        "HELLO"))
                .isInstanceOf(LabException.class)
                .hasMessage(server() + " sends something back - if it is run with --echo, run the client with it, too");
    }

    @Test
    void aServerThatDoesNotReadIsSaid() {
        String[] messages = new String[16];
        Arrays.fill(messages, "x".repeat(1 << 20));
        MessageSource source = MessageSource.of(List.of(messages));
        // Nobody accepts: the kernel takes what fits into its buffers.
        assertThatThrownBy(() -> client(VARIABLE, false, SHORT).run(source))
                .isInstanceOf(LabException.class)
                .hasMessage(server() + " took nothing for 300 ms");
    }

    @Test
    void aServerThatDoesNotCloseIsSaid() {
        // Nobody accepts: the kernel takes the frame and the client's end.
        assertThatThrownBy(() -> client(VARIABLE, false, SHORT).run(MessageSource.of(List.of("HELLO"))))
                .isInstanceOf(LabException.class)
                .hasMessage("no end of the connection from " + server()
                        + " within 300 ms - has the server read everything?");
    }

    @Test
    void aServerThatEndsEarlyIsSaidUnlessItHasEchoedEverything() throws Exception {
        run(
                VARIABLE,
                true,
                PATIENT,
                c -> c.expect(HELLO).send(HELLO).halfClose().expectEnd(),
                "HELLO");
        assertThatThrownBy(
                        () -> run(VARIABLE, true, PATIENT, c -> c.expect(HELLO).send(HELLO), "HELLO", "HELLO"))
                .isInstanceOf(LabException.class);
    }

    @Test
    void aResetIsSaid() {
        assertThatThrownBy(
                        () -> run(VARIABLE, true, PATIENT, c -> c.expect(HELLO).reset(), "HELLO"))
                .isInstanceOf(LabException.class)
                .hasMessage(server() + " reset the connection - the server prints why");
    }

    @Test
    void aMessageOverTheBoundIsNotSent() {
        assertThatThrownBy(() -> run(VARIABLE, false, PATIENT, Wire::expectEnd, "x".repeat((1 << 20) + 1)))
                .isInstanceOf(LabException.class)
                .hasMessage("a message of 1048577 bytes is longer than --max-size 1048576");
        assertThat(console.out()).isEmpty();
    }
}
