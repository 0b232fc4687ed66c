package netlabs.tcpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real jar as students, instructors and grading scripts run it. */
@Timeout(120)
class ProcessIT {
    private static final String WELCOME = "Welcome to CS 352!";
    private static final int SIGINT_STATUS = 130;
    private static final int SIGTERM_STATUS = 143;

    @TempDir
    private Path folder;

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void assertAsExpected(Path expected, byte[] actual) throws IOException {
        assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(actual))
                .isEmpty();
    }

    private static String portOf(RunningProgram server) throws Exception {
        return Integer.toString(server.awaitReady(TIMEOUT));
    }

    @ParameterizedTest
    @CsvSource({
        "in-proj.txt, out-proj.txt, tcp-echo/reverse-client.txt",
        "in-nasty.txt, out-nasty.txt, tcp-echo/nasty-client.txt"
    })
    void theSampleFilesGiveTheExpectedFileAndTranscripts(String in, String out, String transcript) throws Exception {
        Path expected = LabJar.samples().resolve("expected");
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--once");
                RunningProgram client = LabJar.start(
                        folder,
                        "client",
                        "--port",
                        portOf(server),
                        "--in",
                        LabJar.samples().resolve(in).toString())) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(server.awaitExit(TIMEOUT)).as(server.toString()).isEqualTo(0);
            assertThat(client.error()).isEmpty();
            assertAsExpected(expected.resolve(transcript), client.outputBytes());
            assertAsExpected(expected.resolve("tcp-echo/reverse-server.txt"), server.outputBytes());
        }
        assertThat(folder.resolve("out-proj.txt")).hasSameBinaryContentAs(expected.resolve(out));
    }

    @Test
    void eachLineIsPrintedAtOnceEvenIntoAPipe() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--exercise", "upper", "--port", "0")) {
            try (Wire client = Wire.connect(loopback(server.awaitReady(TIMEOUT)))) {
                client.send("a\n").expect("A\n");
                server.awaitOutput("sending A\n", TIMEOUT);
            }
        }
    }

    @Test
    void theKeyboardIsReadLineByLine() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--exercise", "echo", "--port", "0");
                RunningProgram client =
                        LabJar.start(folder, "client", "--exercise", "echo", "--port", portOf(server))) {
            client.type("one\n");
            client.awaitOutput("Received: one\n", TIMEOUT);
            client.type("two\n");
            client.awaitOutput("Received: two\n", TIMEOUT);
            client.endInput();
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(0);
        }
    }

    @Test
    void messagesAreUtf8InTheCLocaleToo() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--exercise", "echo", "--port", "0");
                RunningProgram client = LabJar.start(
                        folder,
                        Map.of("LC_ALL", "C"),
                        "client",
                        "--exercise",
                        "echo",
                        "--port",
                        portOf(server),
                        "naïve 😀?")) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(client.output()).isEqualTo("Sent: naïve 😀?\nReceived: naïve 😀?\n");
        }
    }

    @Test
    void ipv6() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--bind", "::1", "--port", "0");
                RunningProgram client =
                        LabJar.start(folder, "client", "--host", "::1", "--port", portOf(server), "HELLO")) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(server.error()).startsWith("ready: listening on ('::1', ");
            server.awaitOutput("from a client at ('::1', ", TIMEOUT);
        }
    }

    @Test
    void aSecondServerOnThePortIsToldSo() throws Exception {
        try (RunningProgram first = LabJar.start(folder, "server", "--port", "0")) {
            String port = portOf(first);
            Files.writeString(folder.resolve("out-proj.txt"), "of the first server\n");
            try (RunningProgram second = LabJar.start(folder, "server", "--port", port)) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error()).isEqualTo("error: port " + port + " is already in use\n");
                assertThat(second.output()).isEmpty();
            }
            assertThat(folder.resolve("out-proj.txt")).hasContent("of the first server\n");
        }
    }

    @Test
    void aSecondServerOfTheSameFolderLeavesTheFirstOnesFileAlone() throws Exception {
        try (RunningProgram first = LabJar.start(folder, "server", "--port", "0");
                Wire client = Wire.connect(loopback(first.awaitReady(TIMEOUT)))) {
            client.expect(WELCOME).send("a\n").expect("A\n");
            for (String subcommand : List.of("server", "demo")) {
                try (RunningProgram second = LabJar.start(folder, subcommand, "--port", "0")) {
                    assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                    assertThat(second.error())
                            .isEqualTo("error: cannot write out-proj.txt: another server is writing it - give this"
                                    + " one its own --out\n");
                }
            }
            client.send("b\n").expect("B\n");
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("A\nB\n");
    }

    @Test
    void aClientWithoutServerIsToldSo() throws Exception {
        String port;
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0")) {
            port = portOf(server);
        }
        try (RunningProgram client = LabJar.start(folder, "client", "--port", port, "HELLO")) {
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(client.error())
                    .isEqualTo("error: connection refused by 127.0.0.1:" + port + " - is the server running?\n");
            assertThat(client.output()).isEqualTo("[C]: Client socket created\n");
        }
    }

    @Test
    void aClientThatMustWaitTooLongIsToldSo() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0");
                Wire first = Wire.connect(loopback(server.awaitReady(TIMEOUT)))) {
            first.expect(WELCOME);
            try (RunningProgram second =
                    LabJar.start(folder, "client", "--port", portOf(server), "--timeout", "200ms", "x")) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error())
                        .startsWith("error: no greeting from 127.0.0.1:")
                        .contains("within 200 ms - is it serving another client")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void aServerKilledInTheMiddleOfAnExchangeIsReportedByTheClient() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0");
                RunningProgram client = LabJar.start(folder, "client", "--port", portOf(server))) {
            client.type("one\n");
            client.awaitOutput("received from server: ENO\n", TIMEOUT);
            server.kill();
            server.awaitExit(TIMEOUT);
            client.type("two\n");
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(client.error()).startsWith("error: 127.0.0.1:").contains("'two' was not answered");
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("ENO\n");
    }

    @Test
    void aKilledClientLeavesTheServerToTheNextOne() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0");
                RunningProgram client = LabJar.start(folder, "client", "--port", portOf(server))) {
            client.awaitOutput(WELCOME, TIMEOUT);
            client.kill();
            try (RunningProgram next = LabJar.start(folder, "client", "--port", portOf(server), "x")) {
                assertThat(next.awaitExit(TIMEOUT)).as(next.toString()).isEqualTo(0);
            }
        }
    }

    @RepeatedTest(5)
    void ctrlCWithLinesInFlightLosesNoAnsweredLine() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0");
                Socket client = new Socket()) {
            client.connect(loopback(server.awaitReady(TIMEOUT)));
            client.setSoTimeout((int) TIMEOUT.toMillis());
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        client.getOutputStream().write("x\n".getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    return; // the server has gone, as it should
                }
            });
            sender.start();
            int replies = client.getInputStream().readNBytes(WELCOME.length() + 20).length;
            boolean ignored = isSigintIgnored();
            if (ignored) {
                server.terminate();
            } else {
                server.interrupt();
            }
            int more;
            byte[] buffer = new byte[8192];
            try {
                while ((more = client.getInputStream().read(buffer)) >= 0) {
                    replies += more;
                }
            } catch (IOException e) {
                // a RST: the client was still sending
            }
            assertThat(server.awaitExit(TIMEOUT))
                    .as(server.toString())
                    .isEqualTo(ignored ? SIGTERM_STATUS : SIGINT_STATUS);
            sender.join();
            int answered = (replies - WELCOME.length()) / 2;
            String file = Files.readString(folder.resolve("out-proj.txt"));
            assertThat(file).matches("(X\n)+");
            assertThat(file.length() / 2).isGreaterThanOrEqualTo(answered);
            // the ready line, and perhaps that the flood was not answered to its end in time
            assertThat(server.error().lines().skip(1)).allMatch(line -> line.startsWith("error: client "));
        }
    }

    /** In the background of a shell script SIGINT is ignored, and so it is in every child (signal(7)). */
    private static boolean isSigintIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseLong(ignored.substring("SigIgn:".length()).strip(), 16) & 1 << 1) != 0;
    }

    @Test
    void linesReceivedBeforeSigtermAreAnswered() throws Exception {
        int lines = 200;
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0");
                Wire client = Wire.connect(loopback(server.awaitReady(TIMEOUT)))) {
            client.expect(WELCOME).send("x\n".repeat(lines)).expect("X\n");
            server.terminate(); // each line waits for the disk, so most are not answered yet
            client.expect("X\n".repeat(lines - 1)).expectEnd();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGTERM_STATUS);
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("X\n".repeat(lines));
    }

    @Test
    void onceEndsWithTheStatusOfItsOnlyClient() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--once")) {
            Wire.connect(loopback(server.awaitReady(TIMEOUT)))
                    .expect(WELCOME)
                    .send("HEL")
                    .reset();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.error()).contains("error: client ('127.0.0.1', ", "reset the connection");
        }
    }

    @Test
    void anUnwritableOutFileFailsBeforeTheReadyLine() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--out", "no/such/folder/out.txt")) {
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.error())
                    .isEqualTo("error: cannot write no/such/folder/out.txt: no such file or directory\n");
        }
    }

    @Test
    void aTranscriptThatNobodyReadsEndsTheProgram() throws Exception {
        String sh = Peers.require("sh");
        List<String> pipe = new ArrayList<>(List.of(sh, "-c", "\"$@\" | head -n 1", sh));
        pipe.addAll(LabJar.command("demo"));
        try (RunningProgram demo = RunningProgram.start(folder, pipe)) {
            demo.awaitExit(TIMEOUT);
            assertThat(demo.output()).isEqualTo("[S]: Server socket created\n");
            assertThat(demo.error()).doesNotContain("\tat ", "internal error");
        }
    }

    @Test
    void aClosedStandardOutputIsAnErrorAndNoStackTrace() throws Exception {
        String sh = Peers.require("sh");
        List<String> closed = new ArrayList<>(List.of(sh, "-c", "exec \"$@\" > /dev/full", sh));
        closed.addAll(LabJar.command("--help"));
        try (RunningProgram help = RunningProgram.start(folder, closed)) {
            assertThat(help.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(help.error()).isEqualTo("error: cannot write to standard output: No space left on device\n");
        }
    }

    @Test
    void runningOutOfFileDescriptorsNeitherSpinsNorEndsTheServer() throws Exception {
        String prlimit = Peers.require("prlimit");
        try (RunningProgram server = LabJar.start(folder, "server", "--exercise", "echo", "--port", "0")) {
            InetSocketAddress address = loopback(server.awaitReady(TIMEOUT));
            try (Wire before = Wire.connect(address)) {
                before.send("x\n").expect("x\n"); // every class that serving needs is loaded now
            }
            setDescriptorLimit(prlimit, server, "3:");
            // An accept that is blocked already has reserved its descriptor, so one more may be served.
            try (Wire last = Wire.connect(address).send("x\n").halfClose();
                    Wire client = Wire.connect(address).send("y\n")) {
                server.awaitError("error: cannot accept a client, trying again", TIMEOUT);
                client.expectSilence(500);
                assertThat(server.error()).containsOnlyOnce("cannot accept");
                setDescriptorLimit(prlimit, server, "1000:");
                last.expect("x\n").expectEnd();
                client.expect("y\n");
            }
        }
    }

    private static void setDescriptorLimit(String prlimit, RunningProgram server, String soft) throws Exception {
        Process set = new ProcessBuilder(prlimit, "--pid", Long.toString(server.pid()), "--nofile=" + soft)
                .inheritIO()
                .start();
        assertThat(set.waitFor()).isEqualTo(0);
    }

    @Test
    void theVersionIsThatOfTheJar() throws Exception {
        try (RunningProgram program = LabJar.start(folder, "--version")) {
            assertThat(program.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(program.output()).matches("lab-tcp-echo \\d+\\.\\d+\\.\\d+\n");
        }
    }
}
