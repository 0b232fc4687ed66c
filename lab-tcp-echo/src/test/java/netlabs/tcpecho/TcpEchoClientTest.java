package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.net.MessageDecoder;
import netlabs.common.net.MessageSource;
import netlabs.common.net.TextClient;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a server that the test plays by hand. */
@Timeout(30)
class TcpEchoClientTest {
    private static final int SHORT_MILLIS = 100;
    private static final int LONG_MILLIS = 10_000;

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private FutureTask<Void> start(Exercise exercise, boolean bare, int timeoutMillis, MessageSource messages) {
        TextClient.Options options = new TextClient.Options("127.0.0.1", listener.getLocalPort(), timeoutMillis, bare);
        FutureTask<Void> client =
                new FutureTask<>(() -> new TextClient(exercise, options, console.console()).run(messages, false), null);
        new Thread(client, "client").start();
        return client;
    }

    private FutureTask<Void> start(Exercise exercise, boolean bare, int timeout, String... messages) {
        return start(exercise, bare, timeout, MessageSource.of(List.of(messages)));
    }

    private Wire accept() throws IOException {
        return Wire.of(listener.accept());
    }

    private String failure(FutureTask<Void> client) throws Exception {
        try {
            client.get(LONG_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(LabException.class);
            return e.getCause().getMessage().replace(":" + listener.getLocalPort(), ":<port>");
        }
        throw new AssertionError("did not fail; it printed\n" + console.out());
    }

    @Test
    void reverse() throws Exception {
        FutureTask<Void> client = start(new Reverse(), false, LONG_MILLIS, "HELLO", "", " a ");
        try (Wire server = accept()) {
            server.send("Welcome to ")
                    .send("CS 352!")
                    .expect("HELLO\n")
                    .send("ol")
                    .send("leh\n");
            server.expect("\n").send("\n").expect(" a \n").send(" A \n").expectEnd();
        }
        client.get();
        assertThat(console.out()).isEqualTo("""
            [C]: Client socket created
            [C]: Data received from server: Welcome to CS 352!
            [C]: Data sent to server: HELLO
            [C]: Data received from server: olleh
            [C]: Data sent to server:\s
            [C]: Data received from server:\s
            [C]: Data sent to server:  a\s
            [C]: Data received from server:  A\s
            """);
    }

    @Test
    void theNewlineOfAGreetingMayComeLate() throws Exception {
        FutureTask<Void> client = start(new Reverse(), false, LONG_MILLIS, "HELLO", "b");
        try (Wire server = accept()) {
            server.send("Welcome to CS 352!").expect("HELLO\n").send("\n").send("olleh\n");
            server.expect("b\n").send("B\n").expectEnd();
        }
        client.get();
        assertThat(console.out()).contains("server: HELLO\n[C]: Data received from server: olleh\n");
    }

    @Test
    void aReplyMayBeLongerThanAnyMessage() throws Exception {
        String message = "\u0390".repeat(MessageDecoder.MAX_LENGTH / 2);
        String reply = new Reverse().reply(message);
        FutureTask<Void> client = start(new Reverse(), false, LONG_MILLIS, message);
        try (Wire server = accept()) {
            server.send("Welcome to CS 352!")
                    .expect(message + "\n")
                    .send(reply + "\n")
                    .expectEnd();
        }
        client.get();
    }

    @Test
    void everyAddressOfAHostIsTried() throws Exception {
        TextClient.Options options = new TextClient.Options("localhost", listener.getLocalPort(), LONG_MILLIS, false);
        FutureTask<Void> client = new FutureTask<>(
                () -> new TextClient(new Upper(), options, console.console())
                        .run(MessageSource.of(List.of("a")), false),
                null);
        new Thread(client, "client").start();
        try (Wire server = accept()) {
            server.expect("a\n").send("A\n").expectEnd();
        }
        client.get();
    }

    @Test
    void bareSendsNoNewlineAndTakesOneReceiveAsTheReply() throws Exception {
        FutureTask<Void> client = start(new Secret(), true, LONG_MILLIS, "a", "b");
        try (Wire server = accept()) {
            server.expect("a").send("re\nply").expect("b").send("x").expectEnd();
        }
        client.get();
        assertThat(console.out()).isEqualTo("Sent: a\nReceived: re\\nply\nSent: b\nReceived: x\n");
    }

    @Test
    void escapeSequencesOfTheServerAreEscaped() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "a");
        try (Wire server = accept()) {
            server.expect("a\n").send("\033]0;owned\007\n").expectEnd();
        }
        client.get();
        assertThat(console.out()).isEqualTo("From Server: \\x1b]0;owned\\x07\n");
    }

    @Test
    void noServerIsSaid() throws Exception {
        listener.close();
        assertThat(failure(start(new Upper(), false, LONG_MILLIS, "a")))
                .isEqualTo("connection refused by 127.0.0.1:<port> - is the server running?");
    }

    @Test
    void aServerThatServesSomebodyElseIsSaid() throws Exception {
        assertThat(failure(start(new Reverse(), false, SHORT_MILLIS, "a")))
                .isEqualTo("no greeting from 127.0.0.1:<port> within 100 ms - is it serving another client, or running"
                        + " another exercise?");
        assertThat(failure(start(new Upper(), false, SHORT_MILLIS, "a")))
                .isEqualTo("no reply from 127.0.0.1:<port> within 100 ms - is it serving another client?");
    }

    @Test
    void aServerThatDiesBeforeItsReplyIsSaid() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "a", "b");
        try (Wire server = accept()) {
            server.expect("a\n").send("A\n").expect("b\n");
        }
        assertThat(failure(client))
                .isEqualTo("127.0.0.1:<port> closed the connection before its reply - 'b' was not answered");
        assertThat(console.out()).isEqualTo("From Server: A\n");
    }

    @Test
    void aServerThatResetsIsSaid() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "a");
        accept().expect("a\n").reset();
        assertThat(failure(client)).isEqualTo("127.0.0.1:<port> reset the connection - 'a' was not answered");
    }

    @Test
    void aServerThatDiesInTheMiddleOfItsReplyIsSaid() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "hello");
        try (Wire server = accept()) {
            server.expect("hello\n").send("HEL");
        }
        assertThat(failure(client))
                .startsWith("127.0.0.1:<port> closed the connection in the middle of its reply")
                .contains("'HEL'", "--framing bare");
    }

    @Test
    void aReplyWithoutNewlineIsExplained() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, SHORT_MILLIS, "hello");
        try (Wire server = accept()) {
            server.expect("hello\n").send("HELLO");
            assertThat(failure(client))
                    .isEqualTo("no end of the reply from 127.0.0.1:<port> within 100 ms: 5 bytes came, but no"
                            + " newline - if the server sends none, use --framing bare");
        }
    }

    @Test
    void aReplyOfTwoLinesIsNotTakenForTwoReplies() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "a", "b");
        try (Wire server = accept()) {
            server.expect("a\n").send("A\nmore").expectEnd();
        }
        assertThat(failure(client))
                .isEqualTo("127.0.0.1:<port> sent more than one line for 'a' - if it takes the newline for"
                        + " content, use --framing bare");
    }

    @Test
    void aReplyOfMoreThanOneReceiveIsNotTakenForTwoReplies() throws Exception {
        FutureTask<Void> client = start(new Secret(), true, LONG_MILLIS, "a", "b");
        try (Wire server = accept()) {
            server.expect("a").send(new byte[40_000]).expectGone();
        }
        assertThat(failure(client))
                .isEqualTo("127.0.0.1:<port> answered more than one receive holds to 'a' - --framing line waits for the"
                        + " end of a reply");
    }

    @Test
    void aServerOfAnotherExerciseIsSaid() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "hi");
        try (Wire server = accept()) {
            server.send("Welcome to CS 352!").expect("hi\n").send("IH\n").expectEnd();
        }
        assertThat(failure(client)).startsWith("127.0.0.1:<port> runs another exercise: it greets with");
    }

    @Test
    void theGreetingCanBeEchoed() throws Exception {
        FutureTask<Void> client = start(new Echo(), false, LONG_MILLIS, "Welcome to CS 352!");
        try (Wire server = accept()) {
            server.expect("Welcome to CS 352!\n").send("Welcome to CS 352!\n").expectEnd();
        }
        client.get();
    }

    @Test
    void afterAReplyNobodyElseIsBeingServed() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, SHORT_MILLIS, "a", "b");
        try (Wire server = accept()) {
            server.expect("a\n").send("A\n").expect("b\n");
            assertThat(failure(client)).isEqualTo("no reply from 127.0.0.1:<port> within 100 ms");
        }
        client = start(new Upper(), true, SHORT_MILLIS, "a");
        try (Wire server = accept()) {
            server.expect("a");
            assertThat(failure(client)).endsWith(" - if it waits for a newline, use --framing line");
        }
    }

    @Test
    void aServerThatEndsWhileAClientWaitsIsSaid() throws Exception {
        FutureTask<Void> client = start(new Reverse(), false, LONG_MILLIS, "a");
        accept().reset();
        assertThat(failure(client))
                .matches("127.0.0.1:<port> reset the connection( before its greeting)? - has the server ended\\?");
    }

    @Test
    void anEndlessReplyIsRefused() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "hello");
        try (Wire server = accept()) {
            server.expect("hello\n").send(new byte[4 * MessageDecoder.MAX_LENGTH + 1]);
            assertThat(failure(client)).contains("sent a message longer than 262144 bytes");
        }
    }

    @Test
    void whatCannotBeSentAsOneMessageIsNotSent() throws Exception {
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, "x".repeat(MessageDecoder.MAX_LENGTH + 1));
        accept().expectEnd().close();
        assertThat(failure(client)).startsWith("message longer than 65536 bytes");

        client = start(new Upper(), false, LONG_MILLIS, "a\nb");
        accept().expectEnd().close();
        assertThat(failure(client))
                .startsWith("a message cannot contain a newline")
                .endsWith(": 'a\\nb'");

        client = start(new Upper(), true, LONG_MILLIS, "");
        accept().expectEnd().close();
        assertThat(failure(client)).startsWith("an empty message cannot be sent with --framing bare");
    }

    @Test
    void messagesOfAFile() throws Exception {
        Path in = folder.resolve("in.txt");
        Files.write(in, new byte[] {'a', '\r', '\n', '\n', (byte) 0xff, '\n', 'b'});
        FutureTask<Void> client = start(new Upper(), false, LONG_MILLIS, MessageSource.ofFile(in));
        try (Wire server = accept()) {
            server.expect("a\n").send("1\n").expect("\n").send("2\n");
            server.expect(new byte[] {(byte) 0xff, '\n'})
                    .send("3\n")
                    .expect("b\n")
                    .send("4\n");
            server.expectEnd();
        }
        client.get();
    }

    @Test
    void theKeyboardIsNotAskedAgainAfterItsEnd() {
        InputStream terminal = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new AssertionError("not used");
            }

            @Override
            public int read(byte[] buffer) {
                buffer[0] = 'x';
                return ++reads == 2 ? -1 : 1; // Ctrl-D, and then it would go on
            }
        };
        MessageSource keyboard = MessageSource.ofKeyboard(terminal);
        assertThat(keyboard.next()).containsExactly('x');
        assertThat(keyboard.next()).isNull();
    }

    @Test
    void filesThatCannotBeRead() throws Exception {
        assertThatThrownBy(() -> MessageSource.ofFile(folder.resolve("in-proj.txt")))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("in-proj.txt: no such file or directory");
        assertThatThrownBy(() -> MessageSource.ofFile(folder))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("it is a directory");
        Path in = folder.resolve("in.txt");
        Files.writeString(in, "short\n" + "x".repeat(MessageDecoder.MAX_LENGTH + 1) + "\n");
        MessageSource source = MessageSource.ofFile(in);
        source.next();
        assertThatThrownBy(source::next)
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("in.txt, line 2: longer than 65536 bytes");
    }
}
