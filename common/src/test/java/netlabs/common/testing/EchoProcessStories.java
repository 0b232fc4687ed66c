package netlabs.common.testing;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The jar of a lab with the echo exercise of LABS.md §3 and §4, as a user and a grading script run it:
 * Java, Python and {@code nc} at either end.
 */
@Timeout(120)
public abstract class EchoProcessStories {
    private static final int SIGINT_STATUS = 130;
    private static final int SIGTERM_STATUS = 143;
    private static final String TYPED = "The same\nbytes back: ✓\n";

    @TempDir
    private Path folder;

    /** The folder of the expected transcripts in {@code samples/expected/}. */
    protected abstract String expected();

    /** The Python server in {@code samples/python/}. */
    protected abstract String pythonServer();

    /** The lab's own arguments of a server that differs in its insides only, not in what it does. */
    protected abstract String[] variant();

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private RunningProgram javaServer(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("server", "--bind", "127.0.0.1", "--port", "0"));
        arguments.addAll(List.of(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private void assertPrinted(RunningProgram program, String transcript) throws IOException {
        Path file = LabJar.samples().resolve("expected").resolve(expected()).resolve(transcript);
        assertThat(new ExpectedTranscript(Files.readAllBytes(file)).differences(program.outputBytes()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"java, java", "python, java", "java, python", "python, python"})
    void everyPairing(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server =
                serverIn.equals("java") ? javaServer() : Peers.python(folder, pythonServer(), "0", "127.0.0.1")) {
            String port = Integer.toString(server.awaitReady(TIMEOUT));
            try (RunningProgram client = clientIn.equals("java")
                    ? LabJar.start(folder, "client", "--port", port, "--framing", framingFor(serverIn))
                    : Peers.python(folder, "echo_client.py", "127.0.0.1", port)) {
                client.type(TYPED);
                client.endInput();
                assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
                assertPrinted(client, "client.txt");
            }
            server.awaitOutput("Closed: ", TIMEOUT);
            server.terminate(); // so that all it printed has been read
            server.awaitExit(TIMEOUT);
            assertPrinted(server, "server.txt");
        }
    }

    private static String framingFor(String server) {
        return server.equals("java") ? "line" : "bare";
    }

    @Test
    void theDefaultIsEveryIpv4AddressOnPort5005() throws Exception {
        try (RunningProgram help = LabJar.start(folder, "server", "--help")) {
            assertThat(help.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(help.output())
                    .contains("0.0.0.0", "5005", "--max-clients", "--once", "--idle-timeout", "--quiet");
        }
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0")) {
            int port = server.awaitReady(TIMEOUT);
            assertThat(server.error()).isEqualTo("ready: listening on ('0.0.0.0', " + port + ")\n");
            for (String address : List.of("127.0.0.1", "127.0.0.2")) {
                try (Wire client = Wire.connect(new InetSocketAddress(address, port))) {
                    client.send("x\n").expect("x\n");
                }
            }
        }
    }

    @Test
    void netcatTypesLinesAndEndsWithAHalfClose() throws Exception {
        try (RunningProgram server = javaServer("--once");
                RunningProgram nc = netcat(server)) {
            nc.type("HELLO\n\na b\nend");
            nc.endInput();
            assertThat(nc.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(nc.output()).isEqualTo("HELLO\n\na b\nend");
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(0);
        }
    }

    @Test
    void twoNetcatsAreServedAtOnce() throws Exception {
        try (RunningProgram server = javaServer(variant());
                RunningProgram first = netcat(server);
                RunningProgram second = netcat(server)) {
            first.type("first\n");
            first.awaitOutput("first\n", TIMEOUT);
            second.type("second\n");
            second.awaitOutput("second\n", TIMEOUT);
            first.type("first again\n");
            first.awaitOutput("first again\n", TIMEOUT);
        }
    }

    /** {@code -N}: half-close at the end of the input. */
    private RunningProgram netcat(RunningProgram server) throws Exception {
        return Peers.start(folder, "nc", "-N", "127.0.0.1", "" + server.awaitReady(TIMEOUT));
    }

    @Test
    void theClientKeepsItsConnectionWhileSomebodyTypes() throws Exception {
        try (RunningProgram server = javaServer();
                RunningProgram client = LabJar.start(folder, "client", "--port", "" + server.awaitReady(TIMEOUT))) {
            for (String line : List.of("one", "two")) {
                client.type(line + "\n");
                client.awaitOutput("Sent: " + line + "\nReceived: " + line + "\n", TIMEOUT);
            }
            client.endInput();
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(0);
            server.awaitOutput("Closed: ", TIMEOUT);
            assertThat(server.output().lines().filter(line -> line.contains("Connected: ")))
                    .hasSize(1);
        }
    }

    @Test
    void aClientThatIsRefusedIsToldAndFails() throws Exception {
        try (RunningProgram server = javaServer("--max-clients", "1")) {
            int port = server.awaitReady(TIMEOUT);
            try (Wire first = Wire.connect(loopback(port)).send("x\n").expect("x\n");
                    RunningProgram second = LabJar.start(folder, "client", "--port", "" + port, "hello")) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error())
                        .isEqualTo("error: 127.0.0.1:" + port
                                + " answered with an error: the server is full, 1 client is connected\n");
                first.send("y\n").expect("y\n");
            }
        }
    }

    @Test
    void startingItTwiceIsSaid() throws Exception {
        try (RunningProgram server = javaServer()) {
            String port = Integer.toString(server.awaitReady(TIMEOUT));
            try (RunningProgram second = LabJar.start(folder, "server", "--port", port)) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error()).isEqualTo("error: port " + port + " is already in use\n");
                assertThat(second.output()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItInOrder(String signal, int status) throws Exception {
        try (RunningProgram server = javaServer(variant())) {
            int port = server.awaitReady(TIMEOUT);
            // Open, silent, and with half a line: all of them are closed without a RST.
            try (Wire open = Wire.connect(loopback(port)).send("x\n").expect("x\n");
                    Wire half = Wire.connect(loopback(port)).send("y\nhalf").expect("y\n")) {
                if (signal.equals("INT")) {
                    server.interrupt();
                } else {
                    server.terminate();
                }
                open.expectEnd();
                half.expectEnd();
                int got = server.awaitExit(TIMEOUT);
                // A background job of a shell ignores SIGINT, and so do its children: then SIGTERM ended it.
                assertThat(got).as(server.toString()).isEqualTo(status);
            }
            assertThat(server.output().lines().filter(line -> line.contains("Closed: ")))
                    .hasSize(2);
            assertThat(server.error()).hasLineCount(1);
        }
    }

    @Test
    void linesReceivedBeforeSigtermAreAnswered() throws Exception {
        int lines = 2_000;
        try (RunningProgram server = javaServer();
                Wire client = Wire.connect(loopback(server.awaitReady(TIMEOUT)))) {
            client.send("first\n").expect("first\n").send("x\n".repeat(lines));
            server.terminate();
            client.expect("x\n".repeat(lines)).expectEnd();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGTERM_STATUS);
        }
    }

    @Test
    void runningOutOfFileDescriptorsNeitherSpinsNorEndsTheServer() throws Exception {
        String prlimit = Peers.require("prlimit");
        try (RunningProgram server = javaServer(variant())) {
            InetSocketAddress address = loopback(server.awaitReady(TIMEOUT));
            try (Wire before = Wire.connect(address)) {
                before.send("x\n").expect("x\n"); // every class that serving needs is loaded now
            }
            setDescriptorLimit(prlimit, server, "3:");
            // An accept that is blocked already has reserved its descriptor, so one more may be served.
            try (Wire last = Wire.connect(address).send("x\n");
                    Wire client = Wire.connect(address).send("y\n")) {
                server.awaitError("error: cannot accept a client, trying again", TIMEOUT);
                Duration used = processorTime(server);
                client.expectSilence(500);
                assertThat(processorTime(server).minus(used)).isLessThan(Duration.ofMillis(250));
                assertThat(server.error()).containsOnlyOnce("cannot accept");
                setDescriptorLimit(prlimit, server, "1000:");
                last.expect("x\n");
                client.expect("y\n");
            }
        }
    }

    /** Java 17 opens descriptors of its own when it closes its first socket. */
    @Test
    void runningOutOfFileDescriptorsBeforeAnythingWasClosedIsSurvived() throws Exception {
        int limit = 60;
        List<String> command = new ArrayList<>(List.of(Peers.require("prlimit"), "--nofile=" + limit + ":" + limit));
        command.addAll(LabJar.command("server", "--bind", "127.0.0.1", "--port", "0"));
        List<Wire> clients = new ArrayList<>();
        try (RunningProgram server = RunningProgram.start(folder, command)) {
            InetSocketAddress address = loopback(server.awaitReady(TIMEOUT));
            for (int i = 0; i < limit; i++) {
                clients.add(Wire.connect(address));
            }
            server.awaitError("error: cannot accept a client, trying again", TIMEOUT);
            for (int i = 0; i < limit / 2; i++) {
                clients.get(i).close();
            }
            try (Wire late = Wire.connect(address)) {
                late.send("x\n").expect("x\n");
            }
            // Said once for each time that it could accept in between: a client that leaves makes room for one that
            // waits.
            assertThat(server.error().lines().skip(1))
                    .containsOnly("error: cannot accept a client, trying again: Too many open files")
                    .hasSizeLessThan(limit);
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
    }

    private static Duration processorTime(RunningProgram program) {
        return ProcessHandle.of(program.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static void setDescriptorLimit(String prlimit, RunningProgram server, String soft) throws Exception {
        Process set = new ProcessBuilder(prlimit, "--pid", Long.toString(server.pid()), "--nofile=" + soft)
                .inheritIO()
                .start();
        assertThat(set.waitFor()).isEqualTo(0);
    }

    @Test
    void idleClientsCostNoProcessorTime() throws Exception {
        try (RunningProgram server = javaServer(variant())) {
            InetSocketAddress address = loopback(server.awaitReady(TIMEOUT));
            List<Wire> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    clients.add(Wire.connect(address).send("x\n").expect("x\n"));
                }
                clients.get(0).halfClose().expectEnd();
                Duration used = processorTime(server);
                new CountDownLatch(1).await(1, TimeUnit.SECONDS); // idleness is what is tested here
                assertThat(processorTime(server).minus(used)).isLessThan(Duration.ofMillis(300));
            } finally {
                for (Wire client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void wrongUsageIsStatus2() throws Exception {
        for (String[] arguments : new String[][] {
            {"server", "--max-clients", "0"},
            {"server", "--exercise", "upper"},
            {"client", "--framing", "auto"},
            {"client", "--port", "0"},
            {"serve"}
        }) {
            try (RunningProgram program = LabJar.start(folder, arguments)) {
                assertThat(program.awaitExit(TIMEOUT)).isEqualTo(2);
                assertThat(program.error()).hasLineCount(1);
            }
        }
    }

    @Test
    void noServerIsSaid() throws Exception {
        int port;
        try (RunningProgram server = javaServer()) {
            port = server.awaitReady(TIMEOUT);
        }
        try (RunningProgram client = LabJar.start(folder, "client", "--port", "" + port, "x")) {
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(client.error())
                    .isEqualTo("error: connection refused by 127.0.0.1:" + port + " - is the server running?\n");
        }
    }
}
