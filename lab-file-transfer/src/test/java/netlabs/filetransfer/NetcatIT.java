package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code nc} and a shell's redirection at either end, in both directions. */
@Timeout(120)
class NetcatIT {
    private static final Path SAMPLE = LabJar.samples().resolve("in-proj.txt");
    private static final int SIZE = 5_000_001;

    @TempDir
    private Path folder;

    private Path copy;

    @BeforeEach
    void peersAreThere() {
        Peers.require("nc");
        copy = folder.resolve("copy.txt");
    }

    /** {@code nc <redirected>}: the shell opens the files. */
    private RunningProgram netcat(String redirected) throws IOException {
        return Peers.start(folder, "sh", "-c", "exec " + Peers.require("nc") + " " + redirected);
    }

    /** The port of {@code nc -v -l}: it says {@code Listening on localhost 46633}. */
    private static String portOf(RunningProgram listening) throws Exception {
        listening.awaitError("\n", TIMEOUT);
        String line = listening.error().lines().findFirst().orElseThrow();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static void assertEnds(RunningProgram program) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
    }

    private static void assertPrinted(RunningProgram program, String transcript) throws IOException {
        Path expected = LabJar.samples().resolve("expected/file-transfer").resolve(transcript);
        assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(program.outputBytes()))
                .isEmpty();
    }

    private RunningProgram storingServer() throws IOException {
        return LabJar.start(folder, "server", "--raw", "--output", "copy.txt", "--dir", ".", "--once", "--port", "0");
    }

    private Path randomFile() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(SIZE).nextBytes(bytes);
        return Files.write(folder.resolve("file.bin"), bytes);
    }

    /** {@code -N}: half-close at the end of the input, which is the end of the file. */
    @Test
    void netcatSendsToTheServer() throws Exception {
        try (RunningProgram server = storingServer();
                RunningProgram nc = netcat("-N 127.0.0.1 " + server.awaitReady(TIMEOUT) + " < " + SAMPLE)) {
            assertEnds(nc);
            assertEnds(server);
            assertPrinted(server, "raw-received.txt");
            assertThat(nc.output()).isEmpty();
        }
        assertThat(copy).hasSameBinaryContentAs(SAMPLE);
    }

    @Test
    void theServerSendsToNetcat() throws Exception {
        try (RunningProgram server =
                        LabJar.start(folder, "server", "--raw", "--send", SAMPLE.toString(), "--once", "--port", "0");
                RunningProgram nc = netcat("-d 127.0.0.1 " + server.awaitReady(TIMEOUT) + " > copy.txt")) {
            assertEnds(nc);
            assertEnds(server);
            assertPrinted(server, "raw-sent.txt");
        }
        assertThat(copy).hasSameBinaryContentAs(SAMPLE);
    }

    @Test
    void theClientSendsToNetcat() throws Exception {
        try (RunningProgram nc = netcat("-v -l 127.0.0.1 0 > copy.txt < /dev/null");
                RunningProgram client =
                        LabJar.start(folder, "client", "--raw", "--port", portOf(nc), SAMPLE.toString())) {
            assertEnds(client);
            assertEnds(nc);
            assertPrinted(client, "raw-sent.txt");
        }
        assertThat(copy).hasSameBinaryContentAs(SAMPLE);
    }

    @Test
    void netcatSendsToTheClient() throws Exception {
        try (RunningProgram nc = netcat("-v -N -l 127.0.0.1 0 < " + SAMPLE);
                RunningProgram client =
                        LabJar.start(folder, "client", "--raw", "--port", portOf(nc), "--output", "copy.txt")) {
            assertEnds(client);
            assertEnds(nc);
            assertPrinted(client, "raw-received.txt");
        }
        assertThat(copy).hasSameBinaryContentAs(SAMPLE);
    }

    @Test
    void manySegmentsOfAnyBytes() throws Exception {
        Path file = randomFile();
        try (RunningProgram server = storingServer();
                RunningProgram nc = netcat("-N 127.0.0.1 " + server.awaitReady(TIMEOUT) + " < " + file)) {
            assertEnds(nc);
            assertEnds(server);
        }
        assertThat(copy).hasSameBinaryContentAs(file);
        Path back = folder.resolve("back.bin");
        try (RunningProgram server =
                        LabJar.start(folder, "server", "--raw", "--send", file.toString(), "--once", "--port", "0");
                RunningProgram nc = netcat("-d 127.0.0.1 " + server.awaitReady(TIMEOUT) + " > back.bin")) {
            assertEnds(nc);
            assertEnds(server);
        }
        assertThat(back).hasSameBinaryContentAs(file);
    }

    /** An empty file is a connection that carries nothing. */
    @Test
    void nothingAtAll() throws Exception {
        try (RunningProgram server = storingServer();
                RunningProgram nc = netcat("-N 127.0.0.1 " + server.awaitReady(TIMEOUT) + " < /dev/null")) {
            assertEnds(nc);
            assertEnds(server);
        }
        assertThat(copy).isEmptyFile();
    }

    /** A server without {@code --raw} says what is wrong with a client that has no header. */
    @Test
    void netcatAgainstTheProtocolIsRefused() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--dir", ".", "--once", "--port", "0");
                RunningProgram nc = netcat("-N 127.0.0.1 " + server.awaitReady(TIMEOUT) + " < " + SAMPLE)) {
            assertEnds(nc);
            assertThat(nc.output()).contains("a client without one needs a server with --raw");
            assertThat(server.awaitExit(TIMEOUT)).as(server.toString()).isEqualTo(1);
        }
        assertThat(folder).isEmptyDirectory();
    }
}
