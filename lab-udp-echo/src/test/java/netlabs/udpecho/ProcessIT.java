package netlabs.udpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Datagrams;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real jar as students, instructors and grading scripts run it. */
@Timeout(120)
class ProcessIT {
    private static final int SIGINT_STATUS = 130;
    private static final int SIGTERM_STATUS = 143;

    @TempDir
    private Path folder;

    private RunningProgram start(String... arguments) throws IOException {
        return LabJar.start(folder, arguments);
    }

    private static String portOf(RunningProgram server) throws Exception {
        return Integer.toString(server.awaitReady(TIMEOUT));
    }

    private static Datagrams to(RunningProgram server) throws Exception {
        return Datagrams.to(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.awaitReady(TIMEOUT)));
    }

    private static void assertPrinted(RunningProgram program, String transcript) throws IOException {
        Path expected = LabJar.samples().resolve("expected/udp-echo").resolve(transcript);
        assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(program.outputBytes()))
                .as(program.toString())
                .isEmpty();
    }

    /** SIGINT, or where a background shell has it ignored (signal(7)), SIGTERM. */
    private static int stop(RunningProgram server) throws Exception {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("SigIgn:")
                        && (Long.parseLong(line.substring("SigIgn:".length()).strip(), 16) & 1 << 1) != 0) {
                    server.terminate();
                    return SIGTERM_STATUS;
                }
            }
        }
        server.interrupt();
        return SIGINT_STATUS;
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper", "chat", "print"})
    void theDemos(String exercise) throws Exception {
        try (RunningProgram demo = start("demo", "--exercise", exercise)) {
            assertThat(demo.awaitExit(TIMEOUT)).as(demo.toString()).isEqualTo(0);
            assertPrinted(demo, exercise + "-combined.txt");
        }
    }

    @Test
    void eachLineIsPrintedAtOnceEvenIntoAPipe() throws Exception {
        try (RunningProgram server = start("server", "--port", "0")) {
            server.awaitOutput("the server is ready to receive\n", TIMEOUT);
            try (Datagrams client = to(server)) {
                client.send("a").expect("A");
                server.awaitOutput("A\nabove message received from ('127.0.0.1', " + client.port() + ")\n", TIMEOUT);
            }
        }
    }

    @Test
    void theKeyboardIsAskedLineByLine() throws Exception {
        try (RunningProgram server = start("server", "--port", "0");
                RunningProgram client = start("client", "--loop", "--port", portOf(server))) {
            client.awaitOutput("Input lowercase sentence: ", TIMEOUT);
            client.type("one\n");
            client.awaitOutput("ONE\nreceived from ", TIMEOUT);
            client.awaitOutput("Type lowercase sentence (or \"quit\" to exit): ", TIMEOUT);
            client.type("two\nquit\n");
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
        }
    }

    @Test
    void aFileIsSentLineByLine() throws Exception {
        Path in = LabJar.samples().resolve("in-proj.txt");
        try (RunningProgram server = start("server", "--port", "0");
                RunningProgram client = start("client", "--port", portOf(server), "--in", in.toString())) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            for (String line : Files.readAllLines(in)) {
                assertThat(client.output()).contains(line.toUpperCase(java.util.Locale.ROOT) + "\nreceived from");
            }
            assertThat(client.error()).isEmpty();
        }
    }

    @Test
    void chat() throws Exception {
        try (RunningProgram server = start("server", "--exercise", "chat", "--port", "0");
                RunningProgram client = start("client", "--exercise", "chat", "--port", portOf(server))) {
            client.type("hi, I am the client\n");
            server.awaitOutput("You (Server): ", TIMEOUT);
            server.type("hello\n");
            client.awaitOutput("hello\nreceived from ('127.0.0.1', ", TIMEOUT);
            client.type("and who are you?\n");
            server.awaitOutput("and who are you?\nYou (Server): ", TIMEOUT);
            server.type("the server\n");
            client.awaitOutput("the server\n", TIMEOUT);
            client.type("quit\n");
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertPrinted(client, "chat-client.txt");
            server.terminate();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGTERM_STATUS);
            assertPrinted(server, "chat-server.txt");
        }
    }

    @Test
    void ctrlCAlsoEndsAServerThatWaitsAtItsKeyboard() throws Exception {
        try (RunningProgram server = start("server", "--exercise", "chat", "--port", "0");
                Datagrams client = to(server)) {
            client.send("hi");
            server.awaitOutput("You (Server): ", TIMEOUT);
            int status = stop(server);
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(status);
        }
    }

    /** The client ends before the server has printed: what the kernel has is printed all the same. */
    @Test
    void aSignalLosesNothingThatHadArrived() throws Exception {
        for (boolean interrupt : new boolean[] {true, false}) {
            try (RunningProgram server = start("server", "--exercise", "print", "--port", "0");
                    RunningProgram client = start(
                            "client",
                            "--exercise",
                            "print",
                            "--port",
                            portOf(server),
                            "Hello, World!",
                            "",
                            "naïve ✓")) {
                assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
                int status = SIGTERM_STATUS;
                if (interrupt) {
                    status = stop(server);
                } else {
                    server.terminate();
                }
                assertThat(server.awaitExit(TIMEOUT)).as(server.toString()).isEqualTo(status);
                assertThat(server.error())
                        .startsWith("ready: listening on ('0.0.0.0', ")
                        .hasLineCount(1);
                assertPrinted(server, "print-server.txt");
                assertPrinted(client, "print-client.txt");
            }
        }
    }

    @Test
    void datagramsReceivedBeforeSigtermAreAnswered() throws Exception {
        int count = 200;
        try (RunningProgram server = start("server", "--port", "0");
                Datagrams client = to(server)) {
            for (int i = 0; i < count; i++) {
                client.send("m" + i);
            }
            client.expect("M0");
            server.terminate();
            for (int i = 1; i < count; i++) {
                client.expect("M" + i);
            }
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGTERM_STATUS);
        }
    }

    @Test
    void ipv6() throws Exception {
        try (RunningProgram server = start("server", "--bind", "::1", "--port", "0");
                RunningProgram client = start("client", "--host", "::1", "--port", portOf(server), "hello")) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(client.output()).isEqualTo("HELLO\nreceived from ('::1', " + portOf(server) + ")\n");
            assertThat(server.error()).isEqualTo("ready: listening on ('::1', " + portOf(server) + ")\n");
            server.awaitOutput("above message received from ('::1', ", TIMEOUT);
        }
    }

    @Test
    void manyClientsAtOnceAreServedByOneSocket() throws Exception {
        try (RunningProgram server = start("server", "--port", "0")) {
            List<RunningProgram> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    clients.add(start("client", "--loop", "--port", portOf(server)));
                }
                for (int i = 0; i < 4; i++) {
                    clients.get(i).type("client " + i + "\n");
                }
                for (int i = 0; i < 4; i++) {
                    clients.get(i).awaitOutput("CLIENT " + i + "\n", TIMEOUT); // nobody waits for another to end
                }
                assertOneSocketOnTheServersSide(server);
            } finally {
                for (RunningProgram client : clients) {
                    client.close();
                }
            }
        }
    }

    /** As {@code ss -unp} shows it; here each process's own files tell (proc(5)). */
    private static void assertOneSocketOnTheServersSide(RunningProgram server) throws IOException {
        Path descriptors = Path.of("/proc/" + server.pid() + "/fd");
        if (!Files.exists(descriptors)) {
            return;
        }
        List<String> udp = new ArrayList<>();
        for (String table : List.of("udp", "udp6")) {
            Files.readAllLines(Path.of("/proc/net/" + table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+")[9])
                    .forEach(udp::add);
        }
        try (var files = Files.list(descriptors)) {
            assertThat(files.map(ProcessIT::target)
                            .filter(Objects::nonNull)
                            .filter(name -> name.startsWith("socket:["))
                            .filter(name -> udp.contains(name.substring(8, name.length() - 1))))
                    .hasSize(1);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return null; // closed meanwhile
        }
    }

    @Test
    void aSecondServerOnThePortIsToldSo() throws Exception {
        try (RunningProgram first = start("server", "--port", "0")) {
            String port = portOf(first);
            try (RunningProgram second = start("server", "--port", port)) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error()).isEqualTo("error: port " + port + " is already in use\n");
                assertThat(second.output()).isEmpty();
            }
        }
    }

    @Test
    void aClientWithoutServerIsToldSo() throws Exception {
        String port;
        try (RunningProgram server = start("server", "--port", "0")) {
            port = portOf(server);
        }
        for (String exercise : Exercise.NAMES) {
            try (RunningProgram client = start("client", "--exercise", exercise, "--port", port, "hello")) {
                assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(client.error())
                        .isEqualTo(
                                "error: port unreachable at 127.0.0.1:" + port + " (ICMP) - is the server running?\n");
                assertThat(client.output()).isEmpty();
            }
        }
    }

    @Test
    void aReplyThatNeverComesIsSaid() throws Exception {
        try (Datagrams mute = Datagrams.listen();
                RunningProgram client = start("client", "--port", "" + mute.port(), "--timeout", "200ms", "hello")) {
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(client.error()).isEqualTo("error: no reply within 200 ms (UDP does not retransmit)\n");
        }
    }

    @Test
    void retries() throws Exception {
        try (Datagrams lossy = Datagrams.listen();
                RunningProgram client = start(
                        "client", "--port", "" + lossy.port(), "--timeout", "500ms", "--retries", "20", "hello")) {
            lossy.expect("hello").expect("hello").send("HELLO");
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(client.error()).startsWith("warning: no reply within 500 ms, sending again (1 of 20)\n");
            assertThat(client.output()).startsWith("HELLO\nreceived from ");
        }
    }

    @Test
    void aKilledClientDisturbsNobody() throws Exception {
        try (RunningProgram server = start("server", "--exercise", "chat", "--port", "0");
                RunningProgram killed = start("client", "--exercise", "chat", "--port", portOf(server), "I will go")) {
            server.awaitOutput("Client: I will go\n", TIMEOUT);
            killed.kill();
            killed.awaitExit(TIMEOUT);
            server.type("to nobody\n"); // ICMP port unreachable comes back
            server.type("x".repeat(PayloadLimit.IPV4_BYTES + 1) + "\n"); // when this is refused, that was sent
            server.awaitError("error: message longer than 65507 bytes", TIMEOUT);
            try (Datagrams next = to(server)) {
                next.send("I stay");
                server.awaitOutput("Client: I stay\n", TIMEOUT);
                server.type("good\n");
                next.expect("good");
            }
            assertThat(server.error()).hasLineCount(2);
        }
    }

    @Test
    void messagesAreUtf8InTheCLocaleToo() throws Exception {
        try (RunningProgram server = LabJar.start(folder, Map.of("LC_ALL", "C"), "server", "--port", "0");
                RunningProgram client =
                        LabJar.start(folder, Map.of("LC_ALL", "C"), "client", "--port", portOf(server), "naïve 😀?")) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(client.output()).startsWith("NAÏVE 😀?\n");
            server.awaitOutput("NAÏVE 😀?\n", TIMEOUT);
        }
    }

    @Test
    void aTranscriptThatNobodyReadsEndsTheServer() throws Exception {
        String sh = Peers.require("sh");
        List<String> closed = new ArrayList<>(List.of(sh, "-c", "exec \"$@\" > /dev/full", sh));
        closed.addAll(LabJar.command("demo"));
        try (RunningProgram demo = RunningProgram.start(folder, closed)) {
            assertThat(demo.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(demo.error()).isEqualTo("error: cannot write to standard output: No space left on device\n");
        }
    }

    @Test
    void exitStatuses() throws Exception {
        for (Map.Entry<String, Integer> each : Map.of("--version", 0, "server --help", 0, "server --once", 2, "", 2)
                .entrySet()) {
            String[] arguments =
                    each.getKey().isEmpty() ? new String[0] : each.getKey().split(" ");
            try (RunningProgram program = start(arguments)) {
                assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(each.getValue());
            }
        }
    }
}
