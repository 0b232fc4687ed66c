package netlabs.tcpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classic Python programs at either end: the same bytes, the same console lines. */
@Timeout(120)
class PythonIT {
    private static final Path EXPECTED = LabJar.samples().resolve("expected");
    private static final String[] SECRET = {"123Ted", "32is", "343SECRET", "cool"};

    @TempDir
    private Path folder;

    private RunningProgram javaClient(String exercise, int port, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("client", "--exercise", exercise, "--port", "" + port, "--framing", "bare"));
        arguments.addAll(Arrays.asList(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private RunningProgram javaServer(String exercise) throws IOException {
        return LabJar.start(folder, "server", "--exercise", exercise, "--port", "0");
    }

    private static void assertDone(RunningProgram client, String transcript) throws Exception {
        assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
        assertPrinted(client, transcript);
    }

    /** The server is ended first: until then what it printed may still be in the pipe. */
    private static void assertServerPrinted(RunningProgram server, String transcript) throws Exception {
        server.terminate();
        server.awaitExit(TIMEOUT);
        assertPrinted(server, transcript);
    }

    private static void assertPrinted(RunningProgram program, String transcript) throws IOException {
        byte[] expected = Files.readAllBytes(EXPECTED.resolve("tcp-echo").resolve(transcript));
        assertThat(new ExpectedTranscript(expected).differences(program.outputBytes()))
                .isEmpty();
    }

    private void assertOutFile() {
        assertThat(folder.resolve("out-proj.txt")).hasSameBinaryContentAs(EXPECTED.resolve("out-proj.txt"));
    }

    @Test
    void reversePythonClientJavaServer() throws Exception {
        String in = LabJar.samples().resolve("in-proj.txt").toString();
        try (RunningProgram server = javaServer("reverse");
                RunningProgram client = Peers.python(
                        folder, "reverse_client.py", "127.0.0.1", "" + server.awaitReady(TIMEOUT), "--in", in)) {
            assertDone(client, "reverse-client.txt");
            assertServerPrinted(server, "reverse-server.txt");
        }
        assertOutFile();
    }

    @Test
    void reverseJavaClientPythonServer() throws Exception {
        String in = LabJar.samples().resolve("in-proj.txt").toString();
        try (RunningProgram server = Peers.python(folder, "reverse_server.py", "0");
                RunningProgram client = javaClient("reverse", server.awaitReady(TIMEOUT), "--in", in)) {
            assertDone(client, "reverse-client.txt");
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(0);
            assertServerPrinted(server, "reverse-server.txt");
        }
        assertOutFile();
    }

    /** That the programs themselves are what the expected transcripts say. */
    @Test
    void reversePythonClientPythonServer() throws Exception {
        String in = LabJar.samples().resolve("in-proj.txt").toString();
        try (RunningProgram server = Peers.python(folder, "reverse_server.py", "0");
                RunningProgram client = Peers.python(
                        folder, "reverse_client.py", "127.0.0.1", "" + server.awaitReady(TIMEOUT), "--in", in)) {
            assertDone(client, "reverse-client.txt");
        }
        assertOutFile();
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void upper(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server =
                        serverIn.equals("java") ? javaServer("upper") : Peers.python(folder, "upper_server.py", "0");
                RunningProgram client = upperClient(clientIn, server.awaitReady(TIMEOUT))) {
            client.type("hello, world\n");
            client.endInput();
            assertDone(client, "upper-client.txt");
            assertServerPrinted(server, "upper-server.txt");
        }
    }

    private RunningProgram upperClient(String language, int port) throws IOException {
        return language.equals("java")
                ? javaClient("upper", port)
                : Peers.python(folder, "upper_client.py", "127.0.0.1", "" + port);
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void secret(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server =
                        serverIn.equals("java") ? javaServer("secret") : Peers.python(folder, "secret_server.py", "0");
                RunningProgram client = secretClient(clientIn, server.awaitReady(TIMEOUT))) {
            assertDone(client, "secret-client.txt");
            assertServerPrinted(server, "secret-server.txt");
        }
    }

    private RunningProgram secretClient(String language, int port) throws IOException {
        if (language.equals("java")) {
            return javaClient("secret", port, SECRET);
        }
        List<String> arguments = new ArrayList<>(List.of("127.0.0.1", "" + port));
        arguments.addAll(List.of(SECRET));
        return Peers.python(folder, "secret_client.py", arguments.toArray(new String[0]));
    }

    /**
     * The original capitalises the newline along with the text, so its reply happens to be a line.
     */
    @Test
    void aLineClientWorksWhereTheOriginalKeepsTheNewline() throws Exception {
        try (RunningProgram server = Peers.python(folder, "upper_server.py", "0");
                RunningProgram client = LabJar.start(
                        folder, "client", "--exercise", "upper", "--port", "" + server.awaitReady(TIMEOUT))) {
            client.type("hello\n");
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            assertThat(client.output()).isEqualTo("Input lowercase sentence:From Server: HELLO\n");
        }
    }

    /**
     * A line client against a server that reverses the newline to the front gets its reply in two
     * lines.
     */
    @Test
    void aLineClientOfTheReversingOriginalIsToldWhatToDo() throws Exception {
        try (RunningProgram server = Peers.python(folder, "reverse_server.py", "0");
                RunningProgram client = LabJar.start(
                        folder,
                        "client",
                        "--port",
                        "" + server.awaitReady(TIMEOUT),
                        "--timeout",
                        "500ms",
                        "HELLO",
                        "x")) {
            assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(1);
            assertThat(client.error()).contains("no newline", "--framing bare").hasLineCount(1);
        }
    }
}
