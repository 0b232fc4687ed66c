package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import netlabs.common.LabException;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageDecoder;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a peer sees it, byte by byte. */
@Timeout(60)
class TcpEchoServerTest {
    private static final String WELCOME = "Welcome to CS 352!";
    private static final int QUIET_MILLIS = 50;
    private static final MessageOptions AUTO = new MessageOptions(Framing.AUTO, QUIET_MILLIS);

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();
    private TcpEchoServer server;

    private static ServerOptions onLoopback(boolean quiet) {
        return new ServerOptions(InetAddress.getLoopbackAddress(), 0, 4096, false, 0, quiet);
    }

    private InetSocketAddress start(String exercise, MessageOptions messages, Path out) {
        TcpEchoServer.Options options = new TcpEchoServer.Options(onLoopback(false), messages, out);
        server = TcpEchoServer.start(Exercise.named(exercise), options, console.console());
        return server.address();
    }

    private Path out() {
        return folder.resolve("out-proj.txt");
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void reverseGreetsAndReverses() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME).send("HEL").send("LO\n").expect("olleh\n");
            client.send("a\r\n\nB\n").expect("A\n\nb\n").halfClose().expectEnd();
            assertThat(console.out()).matches("""
              \\[S\\]: Server socket created
              \\[S\\]: Server host name is \\S+
              \\[S\\]: Server IP address is [0-9a-f.:]+
              \\[S\\]: Got a connection request from a client at \\('127.0.0.1', %d\\)
              """.formatted(client.localPort()));
        }
        assertThat(out()).hasContent("olleh\nA\n\nb\n");
    }

    @Test
    void aBareMessageGetsABareReply() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME).send("HELLO").expect("olleh").send("again").expect("NIAGA");
            client.expectSilence(2 * QUIET_MILLIS);
        }
    }

    @Test
    void aLastLineWithoutNewlineIsAMessage() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME)
                    .send("one\ntwo")
                    .halfClose()
                    .expect("ENO\nOWT")
                    .expectEnd();
        }
        assertThat(out()).hasContent("ENO\nOWT\n");
    }

    @Test
    void aSlowTypistsLineIsNotCut() throws Exception {
        try (Wire client = Wire.connect(start("echo", AUTO, null))) {
            client.send("first\n").expect("first\n");
            for (String key : List.of("s", "l", "o")) {
                client.send(key).expectSilence(2 * QUIET_MILLIS);
            }
            client.send("w\n").expect("slow\n");
        }
    }

    @Test
    void framingCanBeForced() throws Exception {
        MessageOptions bare = new MessageOptions(Framing.BARE, QUIET_MILLIS);
        try (Wire client = Wire.connect(start("echo", bare, null))) {
            client.send("a\nb\n").expect("a\nb\n");
            console.awaitOut("Received: a\\nb\\n\n");
        }
        server.close();
        MessageOptions line = new MessageOptions(Framing.LINE, QUIET_MILLIS);
        try (Wire client = Wire.connect(start("echo", line, null))) {
            client.send("a").expectSilence(2 * QUIET_MILLIS).send("b\n").expect("ab\n");
        }
    }

    @Test
    void echoGivesBackTheBytesAndTheNewlineAsTheyCame() throws Exception {
        byte[] malformed = {(byte) 0xc3, '(', (byte) 0xff, '\r', '\n'};
        try (Wire client = Wire.connect(start("echo", AUTO, null))) {
            client.send(malformed).expect(malformed);
        }
        console.awaitErr("warning: a message is not valid UTF-8");
    }

    @Test
    void malformedUtf8IsReversedAsReplacementCharacters() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME).send(new byte[] {'a', (byte) 0xff, '\n'}).expect("\ufffdA\n");
            client.send("\ufffd\n").expect("\ufffd\n"); // a real one is no damage
            client.halfClose().expectEnd();
        }
        assertThat(console.err()).containsOnlyOnce("warning: a message is not valid UTF-8");
    }

    @Test
    void escapeSequencesDoNotReachTheTerminal() throws Exception {
        try (Wire client = Wire.connect(start("upper", AUTO, null))) {
            client.send("\033[2Jx\007\n").expect("\033[2JX\007\n");
        }
        assertThat(console.out()).contains("sending \\x1b[2JX\\x07\n").doesNotContain("\033");
    }

    @Test
    void upperSaysWhatItSends() throws Exception {
        try (Wire client = Wire.connect(start("upper", AUTO, null))) {
            client.send("hello\n").expect("HELLO\n");
            assertThat(console.out())
                    .isEqualTo("The server is ready to receive\nsending HELLO\nto ('127.0.0.1', "
                            + client.localPort()
                            + ")\n");
        }
    }

    @Test
    void quietPrintsNoLinePerMessage() throws Exception {
        TcpEchoServer.Options options = new TcpEchoServer.Options(onLoopback(true), AUTO, null);
        server = TcpEchoServer.start(new Upper(), options, console.console());
        try (Wire client = Wire.connect(server.address())) {
            client.send("hello\n").expect("HELLO\n");
            client.send(new byte[] {(byte) 0xff, '\n'}).expect("\ufffd\n");
        }
        assertThat(console.out()).isEqualTo("The server is ready to receive\n");
        assertThat(console.err()).startsWith("ready: listening on ").hasLineCount(1);
    }

    @Test
    void aSecondClientIsConnectedButWaitsForTheFirst() throws Exception {
        InetSocketAddress address = start("reverse", AUTO, out());
        try (Wire first = Wire.connect(address)) {
            first.expect(WELCOME);
            try (Wire second = Wire.connect(address)) {
                second.send("second\n");
                for (int i = 0; i < 100; i++) {
                    first.send("First\n").expect("TSRIf\n");
                }
                assertThat(second.available()).isZero();
                assertThat(console.out()).containsOnlyOnce("Got a connection request");
                first.halfClose().expectEnd();
                second.expect(WELCOME + "DNOCES\n");
            }
        }
    }

    @Test
    void aClientThatSendsNothingHoldsTheServerUntilItLeaves() throws Exception {
        InetSocketAddress address = start("echo", AUTO, null);
        Wire silent = Wire.connect(address);
        try (Wire next = Wire.connect(address)) {
            next.send("x\n").expectSilence(3 * QUIET_MILLIS);
            silent.close();
            next.expect("x\n");
        }
    }

    @Test
    void aResetInTheMiddleOfAMessageHurtsNobodyElse() throws Exception {
        InetSocketAddress address = start("reverse", AUTO, out());
        Wire.connect(address).expect(WELCOME).send("HEL").reset();
        try (Wire next = Wire.connect(address)) {
            next.expect(WELCOME).send("x\n").expect("X\n").halfClose().expectEnd();
        }
        console.awaitErr("reset the connection");
    }

    @Test
    void aMegabyteWithoutNewlineIsRefused() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        InetSocketAddress address = start("reverse", AUTO, out());
        try (Wire client = Wire.connect(address)) {
            client.expect(WELCOME).send(megabyte);
            client.expect("error: message longer than 65536 bytes\n").expectEnd();
        }
        try (Wire next = Wire.connect(address)) {
            next.expect(WELCOME).send("x\n").expect("X\n").halfClose().expectEnd();
        }
        console.awaitErr("sent a message longer than 65536 bytes");
        assertThat(out()).hasContent("X\n");
    }

    @Test
    void theLongestMessageIsAnswered() throws Exception {
        String longest = "x".repeat(MessageDecoder.MAX_LENGTH);
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME).send(longest + "\n").expect(longest.toUpperCase() + "\n");
        }
    }

    @Test
    void theFileHoldsALineBeforeItsReplyIsSent() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME);
            for (int i = 1; i <= 50; i++) {
                client.send("x\n").expect("X\n");
                assertThat(Files.size(out())).isEqualTo(2L * i);
            }
        }
    }

    @Test
    void theFileOfAnEarlierRunIsEmptiedAndLaterClientsAreAppended() throws Exception {
        Files.writeString(out(), "an earlier run\n");
        InetSocketAddress address = start("reverse", AUTO, out());
        for (String message : List.of("a", "b")) {
            try (Wire client = Wire.connect(address)) {
                client.expect(WELCOME)
                        .send(message)
                        .halfClose()
                        .expect(message.toUpperCase())
                        .expectEnd();
            }
        }
        assertThat(out()).hasContent("A\nB\n");
    }

    @Test
    void aFileThatAnotherServerWritesIsLeftAlone() throws Exception {
        try (Wire client = Wire.connect(start("reverse", AUTO, out()))) {
            client.expect(WELCOME).send("a\n").expect("A\n");
            TcpEchoServer.Options same = new TcpEchoServer.Options(onLoopback(false), AUTO, out());
            assertThatThrownBy(() -> TcpEchoServer.start(new Reverse(), same, new TestConsole().console()))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("another server is writing it");
            client.send("b\n").expect("B\n");
        }
        assertThat(out()).hasContent("A\nB\n");
    }

    @Test
    void aFileThatCannotBeCreatedFailsTheStart() {
        assertThatThrownBy(() -> start("reverse", AUTO, folder.resolve("missing/out.txt")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("missing")
                .hasMessageEndingWith("no such file or directory");
        assertThatThrownBy(() -> start("reverse", AUTO, folder))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("Is a directory");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aFullDiskEndsTheServerBeforeItAnswers() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (Wire client = Wire.connect(start("reverse", AUTO, full))) {
            client.expect(WELCOME).send("x\n").expectGone();
        }
        assertThatThrownBy(server::await)
                .isInstanceOf(LabException.class)
                .hasMessage("cannot write /dev/full: No space left on device");
    }

    @Test
    void aThousandClientsLeaveNoSocketAndNoThread() throws Exception {
        InetSocketAddress address = start("reverse", AUTO, out());
        exchange(address);
        int threads = Thread.activeCount();
        long descriptors = openDescriptors();
        for (int i = 0; i < 1_000; i++) {
            exchange(address);
        }
        // The last client's socket may still be on its way out; a leak would be of a thousand.
        assertThat(Thread.activeCount()).isLessThan(threads + 5);
        assertThat(openDescriptors()).isLessThan(descriptors + 5);
        assertThat(out()).hasContent("X\n".repeat(1_001));
    }

    private static void exchange(InetSocketAddress address) throws IOException {
        try (Wire client = Wire.connect(address)) {
            client.expect(WELCOME).send("x\n").expect("X\n").halfClose().expectEnd();
        }
    }

    /** The open files of this process, 0 where there is no proc(5) to say. */
    private static long openDescriptors() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.exists(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
