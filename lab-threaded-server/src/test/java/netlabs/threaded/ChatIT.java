package netlabs.threaded;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real jar as students and grading scripts run it, with itself, {@code nc} and Python at the other end. */
@Timeout(120)
class ChatIT {
    private static final Path EXPECTED = LabJar.samples().resolve("expected/threaded-server");
    private static final int SIGTERM_STATUS = 143;

    @TempDir
    private Path folder;

    private RunningProgram listen(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("chat", "--listen", "0", "--name", "R2"));
        arguments.addAll(Arrays.asList(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private RunningProgram join(int port, String name) throws IOException {
        return LabJar.start(folder, "chat", "127.0.0.1", "" + port, "--name", name);
    }

    private static void assertAsExpected(String file, RunningProgram program) throws IOException {
        assertThat(new ExpectedTranscript(Files.readAllBytes(EXPECTED.resolve(file)))
                        .differences(program.outputBytes()))
                .as(program.toString())
                .isEmpty();
    }

    private static void assertEnds(RunningProgram program, int status) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(status);
    }

    @Test
    void pipedInputGivesTheExpectedTranscripts() throws Exception {
        try (RunningProgram listener = listen("--once");
                RunningProgram joiner = join(listener.awaitReady(TIMEOUT), "KALI")) {
            joiner.type("Hi, my name is KALI\nGood bye: ✓\n");
            joiner.endInput();
            assertEnds(joiner, 0);
            assertEnds(listener, 0);
            assertThat(joiner.error()).isEmpty();
            assertThat(listener.error()).hasLineCount(1);
            assertAsExpected("chat-join.txt", joiner);
            assertAsExpected("chat-listen.txt", listener);
        }
    }

    @ParameterizedTest
    @CsvSource({"java, java", "java, python", "python, java", "python, python"})
    void bothTypeAndBothSeeAllLines(String listenerIn, String joinerIn) throws Exception {
        try (RunningProgram listener = listenerIn.equals("java")
                        ? listen("--once")
                        : Peers.python(folder, "chat.py", "--listen", "0", "R2");
                RunningProgram joiner = joiner(joinerIn, listener.awaitReady(TIMEOUT))) {
            listener.type("Hi, my name is R2\n");
            joiner.awaitOutput("R2: Hi, my name is R2\n", TIMEOUT);
            joiner.type("Hi, my name is KALI\nHow are you?\n");
            listener.awaitOutput("KALI: Hi, my name is KALI\nKALI: How are you?\n", TIMEOUT);
            listener.type("Fine ✓\n");
            joiner.awaitOutput("R2: Fine ✓\n", TIMEOUT);
            joiner.type("bye");
            joiner.endInput();
            listener.awaitOutput("KALI: bye\n", TIMEOUT);
            listener.endInput();
            assertEnds(joiner, 0);
            assertEnds(listener, 0);
            String all = """
                R2: Hi, my name is R2
                KALI: Hi, my name is KALI
                KALI: How are you?
                R2: Fine ✓
                KALI: bye
                """;
            assertThat(joiner.output()).isEqualTo(all);
            assertThat(listener.output().replaceAll("(?m)^\\* .*\n", "")).isEqualTo(all);
            assertThat(joiner.error()).isEmpty();
        }
    }

    private RunningProgram joiner(String language, int port) throws IOException {
        return language.equals("java")
                ? join(port, "KALI")
                : Peers.python(folder, "chat.py", "127.0.0.1", "" + port, "KALI");
    }

    @Test
    void netcatJoins() throws Exception {
        try (RunningProgram listener = listen("--once");
                RunningProgram nc = Peers.start(folder, "nc", "-N", "127.0.0.1", "" + listener.awaitReady(TIMEOUT))) {
            listener.type("Hi, my name is R2\n");
            nc.awaitOutput("R2: Hi, my name is R2\n", TIMEOUT);
            nc.type("KALI: Hi, my name is KALI\nand this has no name \u001b[2J\n");
            listener.awaitOutput("KALI: Hi, my name is KALI\nand this has no name \\x1b[2J\n", TIMEOUT);
            nc.endInput();
            assertEnds(nc, 0);
            assertEnds(listener, 0);
            assertThat(nc.output()).isEqualTo("R2: Hi, my name is R2\n");
        }
    }

    @Test
    void netcatListens() throws Exception {
        try (RunningProgram nc = Peers.start(folder, "nc", "-v", "-l", "127.0.0.1", "0")) {
            nc.awaitError("\n", TIMEOUT); // Listening on localhost 46633
            String listening = nc.error().lines().findFirst().orElseThrow();
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(' ') + 1));
            try (RunningProgram joiner = join(port, "KALI")) {
                joiner.type("Hi, my name is KALI\n");
                nc.awaitOutput("KALI: Hi, my name is KALI\n", TIMEOUT);
                nc.type("R2: Hi\n");
                joiner.awaitOutput("KALI: Hi, my name is KALI\nR2: Hi\n", TIMEOUT);
                joiner.endInput();
                assertEnds(joiner, 0);
                assertThat(joiner.error()).isEmpty();
            }
            assertEnds(nc, 0); // nc -l ends with its peer
        }
    }

    @Test
    void threeWithOneNetcat() throws Exception {
        try (RunningProgram listener = listen();
                RunningProgram kali = join(listener.awaitReady(TIMEOUT), "KALI");
                RunningProgram nc = Peers.start(folder, "nc", "127.0.0.1", "" + listener.awaitReady(TIMEOUT))) {
            kali.type("one\n");
            listener.awaitOutput("KALI: one\n", TIMEOUT);
            nc.type("NC: two\n");
            kali.awaitOutput("NC: two\n", TIMEOUT);
            listener.type("three\n");
            nc.awaitOutput("R2: three\n", TIMEOUT);
            kali.awaitOutput("R2: three\n", TIMEOUT);
            nc.type("KALI: not me\n");
            nc.awaitOutput("* the name KALI is taken\n", TIMEOUT);
            listener.terminate();
            assertEnds(listener, SIGTERM_STATUS);
            assertEnds(kali, 0);
            assertThat(kali.output()).matches("""
                KALI: one
                NC: two
                R2: three
                \\* \\('127.0.0.1', \\d+\\) ended the chat
                """);
            assertThat(listener.output()).doesNotContain("not me");
        }
    }

    @Test
    void linesReceivedBeforeSigtermAreRelayedAndPrinted() throws Exception {
        int lines = 2_000;
        try (RunningProgram listener = listen()) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.awaitReady(TIMEOUT));
            try (Wire reader = Wire.connect(address);
                    Wire kali = Wire.connect(address)) {
                listener.awaitOutput(reader.localPort() + ") joined\n", TIMEOUT);
                kali.send("KALI: x\n".repeat(lines) + "KALI: last\n");
                listener.awaitOutput("KALI: x\n", TIMEOUT);
                listener.terminate();
                reader.expect("KALI: x\n".repeat(lines) + "KALI: last\n").expectEnd();
                assertEnds(listener, SIGTERM_STATUS);
                assertThat(listener.output()).contains("KALI: last\n");
            }
        }
    }

    @Test
    void sigtermAtTheJoinerClosesInOrder() throws Exception {
        try (RunningProgram listener = listen("--once");
                RunningProgram joiner = join(listener.awaitReady(TIMEOUT), "KALI")) {
            joiner.type("hi\n");
            listener.awaitOutput("KALI: hi\n", TIMEOUT);
            joiner.terminate();
            assertEnds(joiner, SIGTERM_STATUS);
            assertEnds(listener, 0); // a reset would be a failure
        }
    }

    @Test
    void aKilledJoinerLeavesTheOthersToChatOn() throws Exception {
        try (RunningProgram listener = listen();
                RunningProgram kali = join(listener.awaitReady(TIMEOUT), "KALI");
                RunningProgram other = join(listener.awaitReady(TIMEOUT), "OTHER")) {
            listener.awaitOutput(" joined\n* ", TIMEOUT); // both: who joins later does not hear what was said before
            kali.type("hi\n");
            other.awaitOutput("KALI: hi\n", TIMEOUT);
            kali.kill();
            listener.awaitOutput(" left\n", TIMEOUT);
            listener.type("on\n");
            other.awaitOutput("R2: on\n", TIMEOUT);
        }
    }

    @Test
    void nobodyThereIsAnError() throws Exception {
        int port;
        try (RunningProgram listener = listen()) {
            port = listener.awaitReady(TIMEOUT);
        }
        try (RunningProgram joiner = join(port, "KALI")) {
            assertEnds(joiner, 1);
            assertThat(joiner.error())
                    .startsWith("error: connection refused by 127.0.0.1:")
                    .hasLineCount(1);
        }
    }

    @Test
    void aSecondListenerIsToldSo() throws Exception {
        try (RunningProgram first = listen()) {
            String port = "" + first.awaitReady(TIMEOUT);
            try (RunningProgram second = LabJar.start(folder, "chat", "--listen", port, "--name", "X")) {
                assertEnds(second, 1);
                assertThat(second.error()).isEqualTo("error: port " + port + " is already in use\n");
            }
        }
    }

    @Test
    void wrongUsage() throws Exception {
        try (RunningProgram nothing = LabJar.start(folder, "chat", "--name", "X")) {
            assertEnds(nothing, 2);
            assertThat(nothing.error()).hasLineCount(1);
        }
    }
}
