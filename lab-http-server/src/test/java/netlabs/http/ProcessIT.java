package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real jar as students, instructors and grading scripts run it. */
@Timeout(120)
class ProcessIT {
    private static final String GET = "GET /hello.html HTTP/1.1\r\nHost: here\r\n\r\n";

    /** How soon a server with nothing to do has ended: far below its idle timeout. */
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private RunningProgram client(ServerProcess server, String fileName, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("client", "127.0.0.1", "" + server.port(), fileName));
        arguments.addAll(List.of(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "pool", "selector"})
    void serverAndClient(String model) throws Exception {
        String hello = Files.readString(WWW.resolve("hello.html"));
        try (ServerProcess server = ServerProcess.start(folder, WWW, model, "--once");
                RunningProgram client = client(server, "hello.html")) {
            assertEnds(client, 0);
            assertThat(client.output())
                    .startsWith("HTTP/1.1 200 OK\n")
                    .contains("\nConnection: close\n")
                    .endsWith("\n\n" + hello)
                    .doesNotContain("\r");
            assertThat(client.error()).isEmpty();
            assertEnds(server.program(), 0);
            assertThat(server.program().error())
                    .isEqualTo("ready: listening on ('127.0.0.1', " + server.port() + ")\n");
            assertThat(server.program().output())
                    .matches("Ready to serve\\.\\.\\.\n127\\.0\\.0\\.1 - - "
                            + "\\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\] "
                            + "\"GET /hello\\.html HTTP/1\\.1\" 200 " + hello.length() + "\n");
        }
    }

    @Test
    void theDefaultRootIsTheCurrentFolder() throws Exception {
        try (RunningProgram server = LabJar.start(WWW, "server", "--port", "0", "--once");
                RunningProgram client = LabJar.start(
                        folder,
                        "client",
                        "hello.html",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "" + server.awaitReady(TIMEOUT))) {
            assertEnds(client, 0);
            assertThat(client.output()).endsWith(Files.readString(WWW.resolve("hello.html")));
            assertEnds(server, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void ipv6(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model, "--bind", "::1", "--once");
                RunningProgram client = LabJar.start(folder, "client", "::1", "" + server.port(), "hello.html")) {
            assertEnds(client, 0);
            assertThat(client.output()).startsWith("HTTP/1.1 200 OK\n");
            assertEnds(server.program(), 0);
            assertThat(server.program().error()).startsWith("ready: listening on ('::1', ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void quiet(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model, "--quiet", "--once");
                RunningProgram client = client(server, "hello.html")) {
            assertEnds(client, 0);
            assertEnds(server.program(), 0);
            assertThat(server.program().output()).isEqualTo("Ready to serve...\n");
            assertThat(server.program().error()).startsWith("ready: ").hasLineCount(1);
        }
    }

    @Test
    void aBodyGoesToAFile() throws Exception {
        Path big = ServerProcess.randomFile(folder, "big.bin", 5_000_001);
        try (ServerProcess server = ServerProcess.start(folder, folder, "thread");
                RunningProgram client = client(server, "big.bin", "--output", "copy.bin")) {
            assertEnds(client, 0);
            assertThat(client.output()).startsWith("HTTP/1.1 200 OK\n").contains("\nContent-Length: 5000001\n");
            assertThat(folder.resolve("copy.bin")).hasSameBinaryContentAs(big);
        }
    }

    /** A body of any bytes comes out of the client as it is. */
    @Test
    void aBodyGoesToStandardOutput() throws Exception {
        byte[] picture = Files.readAllBytes(WWW.resolve("handshake.png"));
        try (ServerProcess server = ServerProcess.start(folder, WWW, "selector");
                RunningProgram client = client(server, "handshake.png")) {
            assertEnds(client, 0);
            byte[] printed = client.outputBytes();
            assertThat(new String(printed, StandardCharsets.ISO_8859_1))
                    .endsWith("\n\n" + new String(picture, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @CsvSource({"hello.html, 0, 0", "none.html, 0, 1", "files/, 0, 1"})
    void statusOfTheClient(String name, int status, int statusWithFail) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, "iterative");
                RunningProgram plain = client(server, name);
                RunningProgram failing = client(server, name, "--fail")) {
            assertEnds(plain, status);
            assertEnds(failing, statusWithFail);
            if (statusWithFail == 1) {
                assertThat(plain.output()).startsWith("HTTP/1.1 40").contains("<h1>40");
                assertThat(failing.error()).startsWith("error: ").hasLineCount(1);
            }
        }
    }

    @Test
    void headOnly() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, "thread");
                RunningProgram client = client(server, "hello.html", "--head")) {
            assertEnds(client, 0);
            assertThat(client.output())
                    .startsWith("HTTP/1.1 200 OK\n")
                    .contains("\nContent-Length: " + Files.size(WWW.resolve("hello.html")) + "\n")
                    .doesNotContain("Hello World");
            server.awaitLogged("\"HEAD /hello.html HTTP/1.1\" 200 ");
        }
    }

    @Test
    void aClientWithoutServerIsToldSo() throws Exception {
        int port;
        try (ServerProcess server = ServerProcess.start(folder, WWW, "iterative")) {
            port = server.port();
        }
        try (RunningProgram client = LabJar.start(folder, "client", "127.0.0.1", "" + port, "hello.html")) {
            assertEnds(client, 1);
            assertThat(client.error())
                    .isEqualTo("error: connection refused by 127.0.0.1:" + port + " - is the server running?\n");
            assertThat(client.output()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSecondServerOnThePortIsToldSo(String model) throws Exception {
        try (ServerProcess first = ServerProcess.start(folder, WWW, model);
                RunningProgram second = LabJar.start(folder, "server", "--model", model, "--port", "" + first.port())) {
            assertEnds(second, 1);
            assertThat(second.error()).isEqualTo("error: port " + first.port() + " is already in use\n");
            assertThat(second.output()).isEmpty();
        }
    }

    /** Without a locale a JVM takes file names for ASCII: others are left out, and asking for them is 404. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "selector"})
    void aNameThatTheLocaleHasNot(String model) throws Exception {
        Path root = Files.createDirectory(folder.resolve("names"));
        Files.writeString(root.resolve("\u00fcbung.txt"), "\u00fc");
        Files.writeString(root.resolve("ascii.txt"), "a");
        try (RunningProgram server = LabJar.start(
                folder,
                Map.of("LC_ALL", "C"),
                "server",
                "--root",
                root.toString(),
                "--port",
                "0",
                "--list",
                "--model",
                model)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT));
            for (int i = 0; i < 2; i++) {
                try (HttpPeer client = new HttpPeer(address)) {
                    assertThat(client.get("/").reply().text())
                            .contains("ascii.txt")
                            .doesNotContain("bung");
                }
                try (HttpPeer client = new HttpPeer(address)) {
                    assertThat(client.get("/%C3%BCbung.txt").reply().status()).isEqualTo(404);
                }
            }
            assertThat(server.error()).doesNotContain("error");
        }
    }

    @Test
    void anUnknownRootIsSaid() throws Exception {
        Files.writeString(folder.resolve("file"), "no folder");
        for (String root : List.of("none", "file")) {
            try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--root", root)) {
                assertEnds(server, 1);
                assertThat(server.error()).startsWith("error: ").contains(root).hasLineCount(1);
                assertThat(server.output()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server --model fork",
                "server --port 70000",
                "server --pool-size 4",
                "server --model thread --loops 2",
                "server extra",
                "client",
                "client 127.0.0.1 6789",
                "client 127.0.0.1 port hello.html",
                "client http://127.0.0.1:6789/hello.html",
                "client --host http://127.0.0.1 hello.html",
                "client --head --output file hello.html",
                "client 127.0.0.1 6789 a b"
            })
    void wrongUsage(String arguments) throws Exception {
        try (RunningProgram program = LabJar.start(folder, arguments.split(" "))) {
            assertEnds(program, 2);
            assertThat(program.error()).startsWith("error: ");
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void helpNamesTheOptions() throws Exception {
        try (RunningProgram help = LabJar.start(folder, "server", "--help")) {
            assertEnds(help, 0);
            assertThat(help.output())
                    .contains("--root", "6789", "127.0.0.1", "--model", "--list", "--max-clients", "--once")
                    .contains("--idle-timeout", "--request-timeout", "--quiet");
        }
    }

    /** A browser keeps its connection for minutes; the server does not wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector"})
    void aSignalDuringAnIdleConnection(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                Wire idle = Wire.connect(server.address());
                Wire silent = Wire.connect(server.address())) {
            idle.send(GET).expect("HTTP/1.1 200 OK\r\n");
            server.awaitLogged("\"GET /hello.html HTTP/1.1\" 200 ");
            server.program().terminate();
            idle.expectGone();
            silent.expectGone();
            assertThat(server.program().awaitExit(PROMPTLY)).isEqualTo(143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSignalWithNobodyThere(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            server.program().terminate();
            assertThat(server.program().awaitExit(PROMPTLY)).isEqualTo(143);
            assertThat(server.program().error()).hasLineCount(1);
        }
    }

    @Test
    void ctrlC() throws Exception {
        // A background job of a shell ignores SIGINT, and so do its children: env(1) takes that back.
        List<String> command = new ArrayList<>(List.of(Peers.require("env"), "--default-signal=INT"));
        command.addAll(LabJar.command("server", "--port", "0"));
        try (RunningProgram server = RunningProgram.start(folder, command)) {
            server.awaitReady(TIMEOUT);
            server.interrupt();
            assertThat(server.awaitExit(PROMPTLY)).isEqualTo(130);
        }
    }

    /** The lab's point: the second client's request waits until the first connection has ended. */
    @Test
    void iterativeIsOneAtATime() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, "iterative");
                Wire first = Wire.connect(server.address());
                Wire second = Wire.connect(server.address())) {
            first.send("GET /hello.html HTTP/1.1\r\n");
            second.send(GET).expectSilence(300);
            first.send("Host: here\r\n\r\n").expect("HTTP/1.1 200 OK\r\n").expectGone();
            second.expect("HTTP/1.1 200 OK\r\n").expectGone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector"})
    void theOthersServeManyAtOnce(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                Wire first = Wire.connect(server.address());
                Wire second = Wire.connect(server.address())) {
            first.send("GET /hello.html HTTP/1.1\r\n");
            second.send(GET).expect("HTTP/1.1 200 OK\r\n");
            first.send("Host: here\r\n\r\n").expect("HTTP/1.1 200 OK\r\n");
        }
    }

    /** A request that does not get on is answered with 408; nobody else waits for longer than that. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSlowSenderIsTimedOut(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model, "--request-timeout", "500ms");
                Wire slow = Wire.connect(server.address())) {
            slow.send("GET /hello.html HTTP/1.1\r\nHost:")
                    .expect("HTTP/1.1 408 Request Timeout\r\n")
                    .expectGone();
            try (Wire next = Wire.connect(server.address())) {
                next.send(GET).expect("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "pool", "selector"})
    void demo(String model) throws Exception {
        try (RunningProgram demo = LabJar.start(folder, "demo", "--model", model)) {
            assertEnds(demo, 0);
            assertThat(demo.output())
                    .contains("Ready to serve...\n", "HTTP/1.1 200 OK\n")
                    .endsWith("Done.\n");
        }
    }

    @Test
    void virtualThreadsServeFromJava21On() throws Exception {
        try (RunningProgram demo = LabJar.start(folder, "demo", "--model", "virtual")) {
            int status = demo.awaitExit(TIMEOUT);
            if (Runtime.version().feature() >= 21) {
                assertThat(status).as(demo.toString()).isEqualTo(0);
                assertThat(demo.output()).contains("\nHTTP/1.1 200 OK\n").endsWith("Done.\n");
            } else {
                assertThat(status).isEqualTo(1);
                assertThat(demo.error()).startsWith("error: virtual threads need Java 21 or newer");
                assertThat(demo.output()).as("it is not ready to serve").isEmpty();
            }
        }
    }
}
