package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The joiner as its listener sees it, byte by byte: {@code nc -l} is played by the test. */
@Timeout(60)
class ChatJoinerTest {
    private final ChatTestScreen kali = new ChatTestScreen("KALI");
    private final TestConsole console = kali.console();
    private ServerSocket nc;
    private ChatJoiner joiner;
    private FutureTask<Void> running;

    @BeforeEach
    void listen() throws IOException {
        nc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        nc.close();
    }

    private ChatJoiner.Options options() {
        return new ChatJoiner.Options("127.0.0.1", nc.getLocalPort(), 5_000);
    }

    private Wire join(ChatScreen screen) throws IOException {
        joiner = ChatJoiner.connect(options(), screen);
        running = new FutureTask<>(joiner::run, null);
        new Thread(running, "joiner").start();
        return Wire.of(nc.accept());
    }

    private void awaitEnd() throws Exception {
        running.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatEitherSideTypesAppearsOnBoth() throws Exception {
        try (Wire listener = join(kali)) {
            kali.typeLine("Hi");
            listener.expect("KALI: Hi\n").send("R2: H").send("i\r\n");
            console.awaitOut("KALI: Hi\nR2: Hi\n");
            listener.halfClose();
            awaitEnd();
            console.awaitOut("* ('127.0.0.1', " + nc.getLocalPort() + ") ended the chat\n");
        }
    }

    @Test
    void aListenersLastWordIsTheJoinersError() throws Exception {
        try (Wire listener = join(kali)) {
            listener.send("R2: Hi\nerror: the server is full, 1 client is connected\n")
                    .halfClose();
            assertThatThrownBy(this::awaitEnd)
                    .hasCauseInstanceOf(LabException.class)
                    .hasMessageEndingWith(" answered with an error: the server is full, 1 client is connected");
            assertThat(console.out()).isEqualTo("R2: Hi\n");
        }
    }

    @Test
    void ctrlDLeavesInOrder() throws Exception {
        try (Wire listener = join(kali)) {
            kali.typeLine("bye");
            kali.typeCtrlD();
            listener.expect("KALI: bye\n").expectEnd().send("R2: bye\n").halfClose();
            awaitEnd();
        }
        assertThat(console.out()).isEqualTo("KALI: bye\nR2: bye\n");
    }

    @Test
    void ctrlDDoesNotWaitForeverForAListenerThatStays() throws Exception {
        try (Wire listener = join(kali)) {
            kali.typeCtrlD();
            listener.expectEnd();
            awaitEnd();
        }
    }

    @Test
    void anEndedPipeIsAHalfCloseAndWhatArrivesIsStillPrinted() throws Exception {
        TestConsole pipe = new TestConsole("one\ntwo");
        try (Wire listener = join(new ChatPipes(pipe.console(), "KALI"))) {
            listener.expect("KALI: one\nKALI: two\n").expectEnd();
            listener.send("R2: still here\nR2: no newline");
            pipe.awaitOut("R2: still here\n");
            assertThat(running.isDone()).isFalse();
            listener.halfClose();
            awaitEnd();
        }
        assertThat(pipe.out()).isEqualTo("KALI: one\nKALI: two\nR2: still here\nR2: no newline\n");
        assertThat(pipe.err()).isEmpty();
    }

    @Test
    void aListenerThatHasHalfClosedHearsThePipeToItsEnd() throws Exception {
        String lines = "x\n".repeat(20_000);
        TestConsole pipe = new TestConsole(lines);
        try (Wire listener = join(new ChatPipes(pipe.console(), "KALI"))) {
            listener.halfClose();
            listener.expect("KALI: x\n".repeat(20_000)).expectEnd();
            awaitEnd();
        }
        assertThat(pipe.out()).doesNotContain("ended the chat");
    }

    @Test
    void nothingThatSteersATerminalIsShownOrSent() throws Exception {
        TestConsole pipe = new TestConsole("a\u001b[2J\n");
        try (Wire listener = join(new ChatPipes(pipe.console(), "KALI"))) {
            listener.expect("KALI: a\\x1b[2J\n").send("R2: \u001b]0;x\u0007\u202e\n");
            pipe.awaitOut("R2: \\x1b]0;x\\x07\\u202e\n");
            listener.halfClose();
            awaitEnd();
        }
    }

    @Test
    void ctrlCPrintsWhatHasArrivedAndClosesInOrder() throws Exception {
        int lines = 2_000;
        try (Wire listener = join(kali)) {
            listener.send("R2: x\n".repeat(lines) + "R2: last\n");
            console.awaitOut("R2: x\n");
            joiner.close();
            listener.expectEnd();
            awaitEnd();
        }
        assertThat(console.out()).endsWith("R2: last\n").hasLineCount(lines + 1);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aListenerThatResetsIsAnError() throws Exception {
        Wire listener = join(kali);
        listener.send("R2: hi\n");
        console.awaitOut("R2: hi\n");
        listener.reset();
        assertThatThrownBy(this::awaitEnd)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .isInstanceOf(LabException.class)
                .hasMessage("127.0.0.1:" + nc.getLocalPort() + " reset the connection");
    }

    @Test
    void aListenerThatSendsTooLongALineIsAnError() throws Exception {
        try (Wire listener = join(kali)) {
            listener.send("x".repeat(70_000));
            assertThatThrownBy(this::awaitEnd).cause().hasMessageContaining("sent a message longer than 65536 bytes");
        }
    }

    @Test
    void tooLongALineInThePipeIsAnError() throws Exception {
        TestConsole pipe = new TestConsole("ok\n" + "x".repeat(ChatLine.MAX_LENGTH) + "\n");
        try (Wire listener = join(new ChatPipes(pipe.console(), "KALI"))) {
            listener.expect("KALI: ok\n").expectEnd();
            assertThatThrownBy(this::awaitEnd).cause().hasMessage("standard input has a line longer than 4096 bytes");
        }
    }

    @Test
    void nobodyThere() throws Exception {
        ChatJoiner.Options options = options();
        nc.close();
        assertThatThrownBy(() -> ChatJoiner.connect(options, kali))
                .isInstanceOf(LabException.class)
                .hasMessage("connection refused by 127.0.0.1:" + options.port() + " - is the server running?");
        assertThatThrownBy(() -> ChatJoiner.connect(new ChatJoiner.Options("no.such.host.invalid", 1, 5_000), kali))
                .isInstanceOf(LabException.class)
                .hasMessage("unknown host no.such.host.invalid");
    }
}
