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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain Python programs at either end, in both directions: bytes until the end, as {@code --raw} has it. */
@Timeout(120)
class PythonIT {
    private static final Path SAMPLE = LabJar.samples().resolve("in-proj.txt");

    @TempDir
    private Path folder;

    private static void assertEnds(RunningProgram program) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
    }

    /** Python prints lines of its own. */
    private static void assertPrinted(RunningProgram program, String language, String transcript) throws IOException {
        if (language.equals("java")) {
            Path expected = LabJar.samples().resolve("expected/file-transfer").resolve(transcript);
            assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(program.outputBytes()))
                    .isEmpty();
        }
    }

    /** Random bytes, so that every value and every cut between two receives is among them. */
    private Path file(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve("file.bin"), bytes);
    }

    private RunningProgram storingServer(String language, Path stored) throws IOException {
        String name = stored.getFileName().toString();
        return language.equals("java")
                ? LabJar.start(folder, "server", "--raw", "--output", name, "--dir", ".", "--once", "--port", "0")
                : Peers.python(folder, "file_server.py", "0", name);
    }

    private RunningProgram sendingClient(String language, String port, Path file) throws IOException {
        return language.equals("java")
                ? LabJar.start(folder, "client", "--raw", "--port", port, file.toString())
                : Peers.python(folder, "file_client.py", "127.0.0.1", port, file.toString());
    }

    private RunningProgram sendingServer(String language, Path file) throws IOException {
        return language.equals("java")
                ? LabJar.start(folder, "server", "--raw", "--send", file.toString(), "--once", "--port", "0")
                : Peers.python(folder, "file_server.py", "--send", "0", file.toString());
    }

    private RunningProgram storingClient(String language, String port, Path stored) throws IOException {
        String name = stored.getFileName().toString();
        return language.equals("java")
                ? LabJar.start(folder, "client", "--raw", "--port", port, "--output", name)
                : Peers.python(folder, "file_client.py", "--receive", "127.0.0.1", port, name);
    }

    @ParameterizedTest
    @CsvSource({"java, java", "python, java", "java, python", "python, python"})
    void theClientSends(String clientIn, String serverIn) throws Exception {
        Path stored = folder.resolve("copy.txt");
        try (RunningProgram server = storingServer(serverIn, stored);
                RunningProgram client = sendingClient(clientIn, "" + server.awaitReady(TIMEOUT), SAMPLE)) {
            assertEnds(client);
            assertEnds(server);
            assertPrinted(client, clientIn, "raw-sent.txt");
            assertPrinted(server, serverIn, "raw-received.txt");
        }
        assertThat(stored).hasSameBinaryContentAs(SAMPLE);
    }

    @ParameterizedTest
    @CsvSource({"java, java", "python, java", "java, python", "python, python"})
    void theServerSends(String clientIn, String serverIn) throws Exception {
        Path stored = folder.resolve("copy.txt");
        try (RunningProgram server = sendingServer(serverIn, SAMPLE);
                RunningProgram client = storingClient(clientIn, "" + server.awaitReady(TIMEOUT), stored)) {
            assertEnds(client);
            assertEnds(server);
            assertPrinted(client, clientIn, "raw-received.txt");
            assertPrinted(server, serverIn, "raw-sent.txt");
        }
        assertThat(stored).hasSameBinaryContentAs(SAMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "python, java, 0", "java, python, 0", "java, java, 0",
        "python, java, 5000001", "java, python, 5000001", "java, java, 5000001"
    })
    void anySizeArrivesInBothDirections(String clientIn, String serverIn, int size) throws Exception {
        Path file = file(size);
        Path up = folder.resolve("up.bin");
        try (RunningProgram server = storingServer(serverIn, up);
                RunningProgram client = sendingClient(clientIn, "" + server.awaitReady(TIMEOUT), file)) {
            assertEnds(client);
            assertEnds(server);
        }
        assertThat(up).hasSameBinaryContentAs(file);
        Path down = folder.resolve("down.bin");
        try (RunningProgram server = sendingServer(serverIn, file);
                RunningProgram client = storingClient(clientIn, "" + server.awaitReady(TIMEOUT), down)) {
            assertEnds(client);
            assertEnds(server);
        }
        assertThat(down).hasSameBinaryContentAs(file);
    }
}
