package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listener as its participants see it, and as its user does. */
@Timeout(60)
class ChatListenerTest {
    private static final int STALL_MILLIS = 300;

    private final ChatTestScreen r2 = new ChatTestScreen("R2");
    private final TestConsole console = r2.console();
    private ChatListener listener;

    private static ServerOptions onLoopback(int maxClients, boolean once, int idleMillis) {
        return new ServerOptions(InetAddress.getLoopbackAddress(), 0, maxClients, once, idleMillis, false);
    }

    private InetSocketAddress start(ServerOptions options) {
        return start(options, STALL_MILLIS, r2);
    }

    private InetSocketAddress start(ServerOptions options, int stallMillis, ChatScreen screen) {
        listener = ChatListener.bind(new ChatListener.Options(options, "R2", stallMillis), screen);
        listener.start();
        return listener.address();
    }

    private InetSocketAddress start() {
        return start(onLoopback(100, false, 0));
    }

    /** Connects, and waits until the listener knows. */
    private Wire join(InetSocketAddress address) throws Exception {
        Wire wire = Wire.connect(address);
        console.awaitOut("* ('127.0.0.1', " + wire.localPort() + ") joined\n");
        return wire;
    }

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("to ("));
    }

    @Test
    void whatEitherSideTypesAppearsOnBoth() throws Exception {
        try (Wire kali = join(start())) {
            r2.typeLine("Hi, my name is R2");
            kali.expect("R2: Hi, my name is R2\n");
            kali.send("KALI: Hi, ").send("my name is KALI\r\n");
            console.awaitOut("KALI: Hi, my name is KALI\n");
            kali.halfClose().expectEnd();
            console.awaitOut(" left\n");
            assertThat(console.out()).isEqualTo("""
                * ('127.0.0.1', %1$d) joined
                R2: Hi, my name is R2
                KALI: Hi, my name is KALI
                * KALI ('127.0.0.1', %1$d) left
                """.formatted(kali.localPort()));
        }
        assertThat(console.err()).hasLineCount(1).startsWith("ready: listening on ('127.0.0.1', ");
    }

    @Test
    void aLineGoesToAllOthersAndNotBack() throws Exception {
        InetSocketAddress address = start();
        try (Wire kali = join(address);
                Wire nc = join(address);
                Wire third = join(address)) {
            kali.send("KALI: one\nKALI: two\n");
            nc.expect("KALI: one\nKALI: two\n");
            third.expect("KALI: one\nKALI: two\n");
            nc.send("no name here\n");
            kali.expect("no name here\n"); // and not its own lines before
            third.expect("no name here\n");
            r2.typeLine("three");
            for (Wire each : List.of(kali, nc, third)) {
                each.expect("R2: three\n");
            }
        }
        console.awaitOut("KALI: one\nKALI: two\nno name here\nR2: three\n");
    }

    @Test
    void allHaveTheLinesOfTheOthersInOneOrder() throws Exception {
        InetSocketAddress address = start();
        int lines = 500;
        try (Wire a = join(address);
                Wire b = join(address);
                Wire reader = join(address)) {
            Thread sender = new Thread(() -> sendLines(a, "a: x\n", lines));
            sender.start();
            sendLines(b, "b: x\n", lines);
            sender.join();
            StringBuilder seen = new StringBuilder();
            console.awaitOut("* "); // the transcript's lines, once all of them are there:
            a.expect("b: x\n".repeat(lines));
            b.expect("a: x\n".repeat(lines));
            a.send("a: done\n");
            console.awaitOut("a: done\n");
            console.out()
                    .lines()
                    .filter(line -> !line.startsWith("*"))
                    .forEach(line -> seen.append(line).append('\n'));
            assertThat(seen.toString().lines()).hasSize(2 * lines + 1);
            reader.expect(seen.toString());
        }
    }

    private static void sendLines(Wire wire, String line, int count) {
        try {
            for (int i = 0; i < count; i++) {
                wire.send(line);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTakenNameIsRefused() throws Exception {
        InetSocketAddress address = start();
        try (Wire kali = join(address);
                Wire other = join(address)) {
            kali.send("KALI: hi\n");
            other.expect("KALI: hi\n");
            other.send("KALI: it is me\n").expect("* the name KALI is taken\n");
            other.send("R2: it is me\n").expect("* the name R2 is taken\n");
            other.send(" r2 : it is me\n").expect("* the name r2 is taken\n");
            other.send("* ('10.0.3.3', 40436) left\n").expect("* a line cannot begin with * or error:\n");
            other.send("Error: the chat is over\n").expect("* a line cannot begin with * or error:\n");
            other.send("BOB: hello\n");
            kali.expect("BOB: hello\n");
            kali.send("BOB: it is me\n").expect("* the name BOB is taken\n");
            kali.send("PS: a colon is no claim\n"); // KALI has a name already
            other.expect("PS: a colon is no claim\n");
        }
        assertThat(console.out()).doesNotContain("it is me", "40436");
    }

    @Test
    void aNameIsFreeAgainWhenItsOwnerHasLeft() throws Exception {
        InetSocketAddress address = start();
        try (Wire first = join(address)) {
            first.send("KALI: 1\n");
            console.awaitOut("KALI: 1\n");
        }
        console.awaitOut(" left\n");
        try (Wire second = join(address)) {
            second.send("KALI: 2\n");
            console.awaitOut("KALI: 2\n");
        }
    }

    @Test
    void nothingThatSteersATerminalReachesOne() throws Exception {
        InetSocketAddress address = start();
        try (Wire hostile = join(address);
                Wire nc = join(address)) {
            hostile.send("X: \u001b[2J\u0007 \u202egnp.exe\u2028 \u009b1m\rR2: no\n");
            String harmless = "X: \\x1b[2J\\x07 \\u202egnp.exe\\u2028 \\x9b1m\\rR2: no\n";
            nc.expect(harmless);
            console.awaitOut(harmless);
            hostile.send(new byte[] {(byte) 0xff, 0, '\n'});
            nc.expect("\ufffd\\x00\n");
        }
    }

    @Test
    void aLastLineWithoutNewlineCounts() throws Exception {
        InetSocketAddress address = start();
        try (Wire kali = join(address);
                Wire other = join(address)) {
            kali.send("KALI: a\nKALI: bye").halfClose();
            other.expect("KALI: a\nKALI: bye\n");
            kali.expectEnd();
        }
    }

    @Test
    void tooLongALineEndsItsSenderAndNobodyElse() throws Exception {
        InetSocketAddress address = start();
        String longest = "x".repeat(ChatLine.MAX_LENGTH);
        try (Wire kali = join(address);
                Wire other = join(address)) {
            kali.send(longest + "\n");
            other.expect(longest + "\n");
            kali.send(longest + "x");
            kali.expect("error: message longer than 4096 bytes\n").expectEnd();
            kali.halfClose();
            console.awaitErr("error: client ('127.0.0.1', " + kali.localPort() + ") sent a message longer than");
            r2.typeLine("on");
            other.expect("R2: on\n");
        }
    }

    @Test
    void aVanishedOneIsReported() throws Exception {
        InetSocketAddress address = start();
        try (Wire other = join(address)) {
            Wire kali = join(address);
            kali.send("KALI: hi\nKALI: unfinish");
            other.expect("KALI: hi\n");
            kali.reset();
            console.awaitErr("error: client ('127.0.0.1', " + kali.localPort() + ") reset the connection\n");
            console.awaitOut("* KALI ('127.0.0.1', " + kali.localPort() + ") left\n");
            r2.typeLine("on");
            other.expect("R2: on\n");
        }
    }

    @Test
    void oneWhoDoesNotReadIsDisconnectedAndTheOthersChatOn() throws Exception {
        InetSocketAddress address = start();
        try (Wire stalled = join(address);
                Wire reader = join(address);
                Wire speaker = join(address)) {
            String line = "speaker: " + "x".repeat(4000) + "\n";
            int lines = 4_000; // 16 MB: more than the kernel's buffers and the queue hold
            FutureTask<Wire> reading = new FutureTask<>(() -> reader.expect(line.repeat(lines)));
            new Thread(reading).start();
            for (int i = 0; i < lines; i++) {
                speaker.send(line);
            }
            reading.get(30, TimeUnit.SECONDS);
            console.awaitErr("error: client ('127.0.0.1', " + stalled.localPort()
                    + ") was disconnected: it does not read, and 64 KiB wait for it\n");
            speaker.send("speaker: on\n");
            reader.expect("speaker: on\n");
            stalled.expectGone();
        }
    }

    @Test
    void oneWhoFloodsIsHeldUpAndTheOthersAreHeard() throws Exception {
        InetSocketAddress address = start(onLoopback(100, false, 0), 30_000, r2);
        Wire flood = join(address);
        Thread flooding = new Thread(() -> {
            try {
                while (true) {
                    flood.send("flood\n".repeat(1_000));
                }
            } catch (IOException e) {
                return; // reset below
            }
        });
        try (Wire reader = join(address);
                Wire kali = join(address)) {
            flooding.start();
            drainUntil(reader, "flood\n");
            kali.send("KALI: can you hear me?\n");
            drainUntil(reader, "KALI: can you hear me?\n");
            flood.reset();
            flooding.join();
        }
        assertThat(console.err()).doesNotContain("does not read");
    }

    private static void drainUntil(Wire reader, String line) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(line) < 0) {
            seen.delete(0, Math.max(0, seen.length() - 100)).append(reader.read(8192));
        }
    }

    @Test
    void oneWhoIsSilentTooLongIsDisconnected() throws Exception {
        try (Wire kali = join(start(onLoopback(100, false, 100)))) {
            kali.expectGone();
            console.awaitErr(") sent nothing for too long (idle timeout)\n");
            console.awaitOut(" left\n");
        }
    }

    @Test
    void oneTooManyIsTold() throws Exception {
        InetSocketAddress address = start(onLoopback(1, false, 0));
        try (Wire kali = join(address)) {
            try (Wire other = Wire.connect(address)) {
                other.expect("error: the server is full, 1 client is connected\n")
                        .expectEnd();
            }
            kali.halfClose().expectEnd();
            console.awaitOut(" left\n");
        }
    }

    @Test
    void aBusyPortIsSaid() {
        InetSocketAddress address = start();
        ServerOptions same = new ServerOptions(InetAddress.getLoopbackAddress(), address.getPort(), 1, false, 0, false);
        assertThatThrownBy(() -> ChatListener.bind(new ChatListener.Options(same, "R2"), r2))
                .isInstanceOf(LabException.class)
                .hasMessage("port " + address.getPort() + " is already in use");
    }

    @Test
    void onceEndsWithItsParticipant() throws Exception {
        try (Wire kali = join(start(onLoopback(100, true, 0)))) {
            kali.send("KALI: hi").halfClose().expectEnd();
            listener.await();
        }
        assertThat(console.out()).contains("KALI: hi\n").endsWith(" left\n");
    }

    @Test
    void linesPipedIntoTheListenerWaitForTheFirstParticipantAndAllReachIt() throws Exception {
        TestConsole pipe = new TestConsole("one\ntwo\u001b\nthree");
        InetSocketAddress address = start(onLoopback(100, true, 0), STALL_MILLIS, new ChatPipes(pipe.console(), "R2"));
        assertThat(pipe.out()).isEmpty();
        try (Wire kali = Wire.connect(address)) {
            kali.halfClose(); // at once: it only listens
            kali.expect("R2: one\nR2: two\\x1b\nR2: three\n").expectEnd();
        }
        listener.await();
        assertThat(pipe.out()).contains("R2: one\nR2: two\\x1b\nR2: three\n");
    }

    @Test
    void aListenerWhosePipeHasEndedGoesOn() throws Exception {
        TestConsole pipe = new TestConsole("");
        InetSocketAddress address = start(onLoopback(100, false, 0), STALL_MILLIS, new ChatPipes(pipe.console(), "R2"));
        try (Wire kali = Wire.connect(address);
                Wire other = Wire.connect(address)) {
            pipe.awaitOut(other.localPort() + ") joined\n");
            pipe.awaitOut(kali.localPort() + ") joined\n");
            kali.send("KALI: hi\n");
            other.expect("KALI: hi\n");
        }
    }

    @Test
    void tooLongALineInThePipeEndsTheChat() throws Exception {
        TestConsole pipe = new TestConsole("x".repeat(ChatLine.MAX_LENGTH) + "\n");
        InetSocketAddress address = start(onLoopback(100, false, 0), STALL_MILLIS, new ChatPipes(pipe.console(), "R2"));
        try (Wire kali = Wire.connect(address)) {
            kali.expectEnd();
        }
        assertThatThrownBy(() -> listener.await())
                .isInstanceOf(LabException.class)
                .hasMessage("standard input has a line longer than 4096 bytes");
    }

    @Test
    void ctrlDEndsTheChatInOrder() throws Exception {
        InetSocketAddress address = start();
        try (Wire kali = join(address);
                Wire other = join(address)) {
            r2.typeLine("bye");
            r2.typeCtrlD();
            kali.expect("R2: bye\n").expectEnd();
            other.expect("R2: bye\n").expectEnd();
            listener.await();
        }
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void linesReceivedBeforeTheStopAreStillPassedOn() throws Exception {
        InetSocketAddress address = start();
        int lines = 2_000;
        try (Wire kali = join(address);
                Wire silent = join(address)) {
            kali.send("KALI: x\n".repeat(lines) + "KALI: last\n");
            console.awaitOut("KALI: x\n"); // so it has all arrived: it is less than a segment of the loopback
            listener.close();
            silent.expect("KALI: x\n".repeat(lines) + "KALI: last\n").expectEnd();
            kali.expectEnd();
        }
        assertThat(console.out()).contains("KALI: last\n");
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void ipv6() throws Exception {
        ServerOptions six = new ServerOptions(InetAddress.getByName("::1"), 0, 100, false, 0, false);
        try (Wire kali = Wire.connect(start(six))) {
            console.awaitOut("* ('::1', " + kali.localPort() + ") joined\n");
            r2.typeLine("hi");
            kali.expect("R2: hi\n");
        }
    }

    @Test
    void quietPrintsWhoIsThereAndNotWhatIsSaid() throws Exception {
        ServerOptions quiet = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 100, false, 0, true);
        try (Wire kali = join(start(quiet))) {
            kali.send("KALI: hi\n").halfClose().expectEnd();
        }
        console.awaitOut("* KALI ");
        assertThat(console.out().getBytes(StandardCharsets.UTF_8)).asString().doesNotContain("hi");
    }
}
