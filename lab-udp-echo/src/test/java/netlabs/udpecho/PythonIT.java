package netlabs.udpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classic Python programs at either end: the same bytes, the same console lines. */
@Timeout(120)
class PythonIT {
    @TempDir
    private Path folder;

    private RunningProgram server(String language, String exercise) throws IOException {
        return language.equals("java")
                ? LabJar.start(folder, "server", "--exercise", exercise, "--port", "0")
                : Peers.python(folder, "udp_" + exercise + "_server.py", "0");
    }

    private RunningProgram client(String language, String exercise, RunningProgram server, String... more)
            throws Exception {
        String port = Integer.toString(server.awaitReady(TIMEOUT));
        List<String> arguments = new ArrayList<>(
                language.equals("java")
                        ? List.of("client", "--exercise", exercise, "--port", port)
                        : List.of("127.0.0.1", port));
        arguments.addAll(List.of(more));
        String[] all = arguments.toArray(new String[0]);
        return language.equals("java")
                ? LabJar.start(folder, all)
                : Peers.python(folder, "udp_" + exercise + "_client.py", all);
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
        Path expected = LabJar.samples().resolve("expected/udp-echo").resolve(transcript);
        assertThat(new ExpectedTranscript(Files.readAllBytes(expected)).differences(program.outputBytes()))
                .as(program.toString())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void upper(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server = server(serverIn, "upper");
                RunningProgram client = client(clientIn, "upper", server)) {
            client.type("hello, world\n");
            client.endInput();
            assertDone(client, "upper-client.txt");
            assertServerPrinted(server, "upper-server.txt");
        }
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void upperInALoop(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server = server(serverIn, "upper");
                RunningProgram client = client(clientIn, "upper", server, "--loop")) {
            client.type("one\n\nstraße ✓\nquit\nnot sent\n");
            assertDone(client, "loop-client.txt");
            assertServerPrinted(server, "loop-server.txt");
        }
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void chat(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server = server(serverIn, "chat");
                RunningProgram client = client(clientIn, "chat", server)) {
            client.type("hi, I am the client\n");
            server.awaitOutput("Client: hi, I am the client\n", TIMEOUT);
            server.type("hello\n");
            client.type("and who are you?\n");
            server.awaitOutput("Client: and who are you?\n", TIMEOUT);
            server.type("the server\n");
            client.type("quit\n");
            assertDone(client, "chat-client.txt");
            assertServerPrinted(server, "chat-server.txt");
        }
    }

    @ParameterizedTest
    @CsvSource({"python, java", "java, python", "python, python", "java, java"})
    void print(String clientIn, String serverIn) throws Exception {
        try (RunningProgram server = server(serverIn, "print");
                RunningProgram client = client(clientIn, "print", server, "Hello, World!", "", "naïve ✓")) {
            assertDone(client, "print-client.txt");
            server.awaitOutput("naïve ✓\n", TIMEOUT);
            assertServerPrinted(server, "print-server.txt");
        }
    }
}
