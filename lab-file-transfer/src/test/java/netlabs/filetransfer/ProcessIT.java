package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real jar as students, instructors and grading scripts run it. */
@Timeout(120)
class ProcessIT {
    private static final Path SAMPLE = LabJar.samples().resolve("in-proj.txt");
    private static final Path EMPTY = LabJar.samples().resolve("in-empty.txt");
    private static final int SIGTERM_STATUS = 143;
    private static final String NOTE = "note: only this host can connect; --bind 0.0.0.0 lets others in, who can then ";

    @TempDir
    private Path folder;

    private Path dir;

    @BeforeEach
    void makeDir() throws IOException {
        dir = Files.createDirectory(folder.resolve("dir"));
    }

    private RunningProgram server(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("server", "--dir", "dir", "--port", "0"));
        arguments.addAll(List.of(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private RunningProgram client(String port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("client", "--port", port));
        arguments.addAll(List.of(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private static String portOf(RunningProgram server) throws Exception {
        return Integer.toString(server.awaitReady(TIMEOUT));
    }

    private static InetSocketAddress addressOf(RunningProgram server) throws Exception {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT));
    }

    private static void assertEnds(RunningProgram program, int status) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(status);
    }

    private static void assertPrinted(RunningProgram program, String transcript) throws IOException {
        Path expected = LabJar.samples().resolve("expected/file-transfer").resolve(transcript);
        assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(program.outputBytes()))
                .isEmpty();
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void theSampleFilesArriveWithTheExpectedTranscripts() throws Exception {
        try (RunningProgram server = server("--once")) {
            String port = portOf(server);
            try (RunningProgram client = client(port, SAMPLE.toString(), EMPTY.toString())) {
                assertEnds(client, 0);
                assertThat(client.error()).isEmpty();
                assertPrinted(client, "client.txt");
            }
            assertEnds(server, 0);
            assertPrinted(server, "server.txt");
            assertThat(server.error())
                    .isEqualTo("ready: listening on ('127.0.0.1', " + port + ")\n" + NOTE + "store files here\n");
        }
        assertThat(dir.resolve("in-proj.txt")).hasSameBinaryContentAs(SAMPLE);
        assertThat(dir.resolve("in-empty.txt")).isEmptyFile();
        assertThat(dir.toFile().list()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en_US.UTF-8", "C"})
    void theDemoNeedsNoLocale(String locale) throws Exception {
        try (RunningProgram demo = LabJar.start(folder, Map.of("LC_ALL", locale), "demo")) {
            assertEnds(demo, 0);
            assertPrinted(demo, "combined.txt");
        }
    }

    @Test
    void namesAreUtf8OnTheWireAndOnTheDisk() throws Exception {
        String name = "naïve ✓ 😀.txt";
        Map<String, String> utf8 = Map.of("LC_ALL", "C.UTF-8");
        Files.copy(SAMPLE, folder.resolve(name));
        try (RunningProgram server = LabJar.start(folder, utf8, "server", "--dir", "dir", "--port", "0", "--once");
                RunningProgram client = LabJar.start(folder, utf8, "client", "--port", portOf(server), name)) {
            assertEnds(client, 0);
            assertThat(client.output()).contains("\nSent " + name + ": 119 bytes, ");
            assertEnds(server, 0);
            assertThat(server.output()).contains("\nReceived " + name + ": 119 bytes, ");
        }
        assertThat(dir.resolve(name)).hasSameBinaryContentAs(SAMPLE);
    }

    /** A container without LANG: the JVM then takes file names for ASCII. */
    @Test
    void aNameThatTheLocaleDoesNotHaveIsSaid() throws Exception {
        try (RunningProgram client = LabJar.start(folder, Map.of("LC_ALL", "C"), "client", "naïve.txt")) {
            assertEnds(client, 2);
            assertThat(client.error())
                    .contains("'naïve.txt' is not a file name here", "LC_ALL=C.UTF-8 helps")
                    .doesNotContain("internal error");
        }
    }

    @Test
    void theDefaultIsThisHostOnlyOnPort5006() throws Exception {
        try (RunningProgram help = LabJar.start(folder, "server", "--help")) {
            assertEnds(help, 0);
            assertThat(help.output())
                    .contains("127.0.0.1", "5006", "--max-clients", "--once", "--idle-timeout", "--quiet");
        }
        try (RunningProgram open = server("--bind", "0.0.0.0")) {
            int port = open.awaitReady(TIMEOUT);
            try (RunningProgram client = client("" + port, "--host", "127.0.0.2", SAMPLE.toString())) {
                assertEnds(client, 0);
            }
            assertThat(open.error()).isEqualTo("ready: listening on ('0.0.0.0', " + port + ")\n");
        }
    }

    @Test
    void aServerThatSendsSaysWhatOthersCouldDo() throws Exception {
        try (RunningProgram server =
                LabJar.start(folder, "server", "--raw", "--send", SAMPLE.toString(), "--port", "0")) {
            server.awaitError(NOTE + "fetch this file\n", TIMEOUT);
        }
    }

    @Test
    void ipv6() throws Exception {
        try (RunningProgram server = server("--bind", "::1", "--once");
                RunningProgram client = client(portOf(server), "--host", "::1", SAMPLE.toString())) {
            assertEnds(client, 0);
            assertThat(client.output()).startsWith("Sending in-proj.txt: 119 bytes to ('::1', ");
            assertEnds(server, 0);
        }
        assertThat(dir.resolve("in-proj.txt")).hasSameBinaryContentAs(SAMPLE);
    }

    @Test
    void aSecondServerOnThePortIsToldSo() throws Exception {
        try (RunningProgram first = server();
                RunningProgram second = LabJar.start(folder, "server", "--dir", "dir", "--port", portOf(first))) {
            assertEnds(second, 1);
            assertThat(second.error()).isEqualTo("error: port " + portOf(first) + " is already in use\n");
            assertThat(second.output()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--raw"})
    void aClientWithoutServerIsToldSo(String raw) throws Exception {
        String port;
        try (RunningProgram server = server()) {
            port = portOf(server);
        }
        String[] arguments = raw.isEmpty() ? new String[] {SAMPLE.toString()} : new String[] {raw, SAMPLE.toString()};
        try (RunningProgram client = client(port, arguments)) {
            assertEnds(client, 1);
            assertThat(client.error())
                    .isEqualTo("error: connection refused by 127.0.0.1:" + port + " - is the server running?\n");
            assertThat(client.output()).isEmpty();
        }
    }

    @Test
    void aFileThatIsThereIsKeptAndTheOthersAreStored() throws Exception {
        Files.writeString(dir.resolve("in-proj.txt"), "kept\n");
        try (RunningProgram server = server()) {
            String port = portOf(server);
            try (RunningProgram client = client(port, SAMPLE.toString(), EMPTY.toString())) {
                assertEnds(client, 1);
                assertThat(client.error())
                        .isEqualTo("error: " + SAMPLE + " was refused by 127.0.0.1:" + port
                                + ": it exists already (a server with --overwrite replaces it)\n"
                                + "error: 1 of 2 files were not stored\n");
            }
            server.awaitError(": in-proj.txt refused: it exists already", TIMEOUT);
            try (RunningProgram next = client(port, file("next.bin", 1000).toString())) {
                assertEnds(next, 0);
            }
        }
        assertThat(dir.resolve("in-proj.txt")).hasContent("kept\n");
        assertThat(dir.resolve("in-empty.txt")).isEmptyFile();
        assertThat(dir.resolve("next.bin")).hasSameBinaryContentAs(folder.resolve("next.bin"));
    }

    @Test
    void onceEndsWithTheStatusOfItsOnlyClient() throws Exception {
        Files.writeString(dir.resolve("in-proj.txt"), "kept\n");
        try (RunningProgram server = server("--once");
                RunningProgram client = client(portOf(server), SAMPLE.toString())) {
            assertEnds(client, 1);
            assertEnds(server, 1);
            assertThat(server.error())
                    .endsWith(": in-proj.txt refused: it exists already (a server with --overwrite replaces it)\n");
        }
        try (RunningProgram server = server("--once", "--overwrite");
                RunningProgram client = client(portOf(server), SAMPLE.toString())) {
            assertEnds(client, 0);
            assertEnds(server, 0);
        }
        assertThat(dir.resolve("in-proj.txt")).hasSameBinaryContentAs(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server",
                "server --raw --dir dir",
                "server --dir dir --output x",
                "server --raw --send a --dir dir",
                "server --raw --output ../x --dir dir",
                "client",
                "client --raw a b",
                "client --raw --output x a",
                "client --output x",
                "client --resume --raw a",
                "client --raw --output /"
            })
    void wrongUsage(String arguments) throws Exception {
        try (RunningProgram program = LabJar.start(folder, arguments.split(" "))) {
            assertEnds(program, 2);
            assertThat(program.error()).startsWith("error: ");
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void whatCannotWorkFailsBeforeTheReadyLine() throws Exception {
        for (String[] arguments : new String[][] {
            {"server", "--port", "0", "--dir", "none"}, {"server", "--port", "0", "--raw", "--send", "none"}
        }) {
            try (RunningProgram server = LabJar.start(folder, arguments)) {
                assertEnds(server, 1);
                assertThat(server.error()).contains("none: no such").hasLineCount(1);
            }
        }
    }

    @Test
    void quietSidesPrintNothingButTheReadyLine() throws Exception {
        try (RunningProgram server = server("--once", "--quiet");
                RunningProgram client = client(portOf(server), "--quiet", SAMPLE.toString())) {
            assertEnds(client, 0);
            assertEnds(server, 0);
            assertThat(client.output()).isEmpty();
            assertThat(client.error()).isEmpty();
            assertThat(server.output()).isEmpty();
            assertThat(server.error()).startsWith("ready: ").hasLineCount(2);
        }
        assertThat(dir.resolve("in-proj.txt")).hasSameBinaryContentAs(SAMPLE);
    }

    /** Both sides print their lines at once, into a pipe as well. */
    @Test
    void theServerPrintsTheFileThatIsOnItsWay() throws Exception {
        try (RunningProgram server = server();
                Wire client = Wire.connect(addressOf(server))) {
            offer(client, "slow.bin", 10);
            server.awaitOutput(
                    "Receiving slow.bin: 10 bytes from ('127.0.0.1', " + client.localPort() + ")\n", TIMEOUT);
        }
    }

    private static void offer(Wire client, String name, long size) throws IOException {
        ByteBuffer offer = new Offer(name, size, false, true).encode();
        client.send(Arrays.copyOf(offer.array(), offer.limit()))
                .expect(Answer.YES.encode().array());
    }

    /** What was there before the signal is kept; the client is told, and goes on with the next server. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalInTheMiddleOfAFileLeavesWhatCanBeResumed(String signal, int status) throws Exception {
        Path file = file("big.bin", 64 * 1024);
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), 32 * 1024);
        // A background job of a shell ignores SIGINT, and so do its children: env(1) takes that back.
        List<String> command = new ArrayList<>(List.of(Peers.require("env"), "--default-signal=INT"));
        command.addAll(LabJar.command("server", "--dir", "dir", "--port", "0"));
        try (RunningProgram server = RunningProgram.start(folder, command);
                Wire client = Wire.connect(addressOf(server))) {
            offer(client, "big.bin", 64 * 1024);
            client.send(half);
            if (signal.equals("INT")) {
                server.interrupt();
            } else {
                server.terminate();
            }
            client.expect(Answer.no(Status.ENDING, "the server is ending")
                            .encode()
                            .array())
                    .expectEnd();
            assertEnds(server, status);
            assertThat(server.error()).contains("of 65536 bytes; they are kept for --resume\n");
            assertThat(server.output()).hasLineCount(1);
        }
        assertThat(dir.toFile().list()).containsExactly(Folder.unfinishedName("big.bin"));
        try (RunningProgram server = server("--once");
                RunningProgram client = client(portOf(server), "--resume", "big.bin")) {
            assertEnds(client, 0);
            assertThat(client.output()).containsPattern("\nResuming big.bin: \\d+ of 65536 bytes are there\n");
            assertEnds(server, 0);
        }
        assertThat(dir.toFile().list()).containsExactly("big.bin");
        assertThat(dir.resolve("big.bin")).hasSameBinaryContentAs(file);
    }

    /** Nobody knows how much of a raw stream is missing, so it is no file. */
    @Test
    void aSignalInTheMiddleOfARawFileLeavesNothing() throws Exception {
        try (RunningProgram server = server("--raw", "--output", "copy.bin");
                Wire client = Wire.connect(addressOf(server))) {
            client.send("the first half");
            server.awaitOutput("Receiving copy.bin from ", TIMEOUT);
            server.terminate();
            client.expectGone();
            assertEnds(server, SIGTERM_STATUS);
            assertThat(server.error()).contains("sent a file that had no end when this program ended");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void aRawSenderThatIsKilledLeavesNothing(String signal) throws Exception {
        try (RunningProgram server = server("--raw", "--output", "copy.bin", "--once");
                RunningProgram client = LabJar.start(
                        folder, "client", "--raw", "--port", portOf(server), "/dev/stdin")) { // has no end yet
            client.type("the first half");
            server.awaitOutput("Receiving copy.bin from ", TIMEOUT);
            if (signal.equals("KILL")) {
                client.kill();
            } else {
                client.terminate();
            }
            assertEnds(server, 1);
            assertThat(server.error()).contains(" reset the connection\n");
        }
        assertThat(dir).isEmptyDirectory();
    }

    /** What it has received is no file: nothing is left of it. */
    @Test
    void aRawReceiverThatIsEndedLeavesNothing() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--raw", "--send", "/dev/stdin", "--port", "0");
                RunningProgram client = LabJar.start(
                        folder, "client", "--raw", "--timeout", "30s", "--port", portOf(server), "--output", "dir/x")) {
            server.type("the first half");
            client.awaitOutput("Receiving x from ", TIMEOUT);
            client.terminate();
            assertEnds(client, SIGTERM_STATUS);
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void aSignalWithNobodyThereEndsItAtOnce() throws Exception {
        try (RunningProgram server = server()) {
            server.awaitError(NOTE, TIMEOUT);
            server.terminate();
            assertEnds(server, SIGTERM_STATUS);
            assertThat(server.error()).hasLineCount(2);
            assertThat(server.output()).isEmpty();
        }
    }

    @Test
    void aClientThatIsOneTooManyIsToldSo() throws Exception {
        try (RunningProgram server = server("--max-clients", "1");
                Wire first = Wire.connect(addressOf(server))) {
            offer(first, "first.bin", 10);
            try (RunningProgram second = client(portOf(server), SAMPLE.toString())) {
                assertEnds(second, 1);
                assertThat(second.error()).endsWith(": the server is full, it takes 1 at a time\n");
            }
        }
    }
}
