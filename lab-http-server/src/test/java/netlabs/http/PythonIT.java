package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static netlabs.http.ServerProcess.randomFile;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Python at either end: the lab sheet's programs, and what the language brings with it. */
@Timeout(120)
class PythonIT {
    private static final String HTTP_SERVER = "http.server";

    @TempDir
    private Path folder;

    /** Runs {@code script} with the server's port as its argument. */
    private String python(ServerProcess server, String script) throws Exception {
        try (RunningProgram python = Peers.start(folder, "python3", "-c", script, "" + server.port())) {
            assertEnds(python, 0);
            return python.output();
        }
    }

    private RunningProgram client(int port, String fileName, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("client", "127.0.0.1", "" + port, fileName));
        arguments.addAll(List.of(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    @ParameterizedTest
    @CsvSource({"iterative, False", "thread, True", "pool, True", "selector, True"})
    void httpClientKeepsItsConnection(String model, String kept) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(python(server, """
                            import http.client, sys
                            c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
                            sockets = set()
                            for method, path in (("GET", "/hello.html"), ("HEAD", "/"), ("GET", "/missing"), ("GET", "/text.txt")):
                                c.request(method, path)
                                sockets.add(c.sock.getsockname())
                                r = c.getresponse()
                                print(r.version, r.status, r.reason, len(r.read()) == int(r.headers["Content-Length"]))
                            print(len(sockets) == 1)
                            """))
                    .isEqualTo(
                            "11 200 OK True\n11 200 OK False\n11 404 Not Found True\n11 200 OK True\n" + kept + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void urllib(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(python(server, """
                            import sys, urllib.error, urllib.request
                            base = "http://127.0.0.1:" + sys.argv[1]
                            with urllib.request.urlopen(base + "/docs", timeout=20) as r:
                                print(r.status, r.url == base + "/docs/", r.headers.get_content_charset())
                            try:
                                urllib.request.urlopen(base + "/missing", timeout=20)
                            except urllib.error.HTTPError as e:
                                print(e.code, b"<h1>404 Not Found</h1>" in e.read())
                            """)).isEqualTo("200 True utf-8\n404 True\n");
        }
    }

    /** Two hundred requests in one write; the responses come in the same order, without a pause between them. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector"})
    void pipelining(String model) throws Exception {
        randomFile(folder, "one.bin", 100_000);
        Files.writeString(folder.resolve("two.txt"), "two");
        try (ServerProcess server = ServerProcess.start(folder, folder, model)) {
            assertThat(python(server, """
                            import socket, sys, threading
                            one = open("one.bin", "rb").read()
                            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
                            requests = b""
                            for i in range(200):
                                requests += b"GET /%s HTTP/1.1\\r\\nHost: x\\r\\n" % (b"one.bin" if i % 2 == 0 else b"two.txt")
                                requests += b"Connection: close\\r\\n\\r\\n" if i == 199 else b"\\r\\n"
                            threading.Thread(target=s.sendall, args=(requests,)).start()
                            f = s.makefile("rb")
                            for i in range(200):
                                assert f.readline() == b"HTTP/1.1 200 OK\\r\\n"
                                length = None
                                while (line := f.readline()) != b"\\r\\n":
                                    name, value = line.split(b":", 1)
                                    if name == b"Content-Length":
                                        length = int(value)
                                assert f.read(length) == (one if i % 2 == 0 else b"two"), i
                            print(f.read())
                            """)).isEqualTo("b''\n");
        }
    }

    /** A response that the sheet's client does not end before is one that ends with the connection. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void theClientOfTheSheet(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            for (Map.Entry<String, String> each : Map.of(
                            "hello.html", "200 OK", "docs/", "200 OK", "none.html", "404 Not Found")
                    .entrySet()) {
                try (RunningProgram client =
                        Peers.python(folder, "web_client.py", "127.0.0.1", "" + server.port(), each.getKey())) {
                    assertEnds(client, 0);
                    assertThat(client.output())
                            .startsWith("HTTP/1.1 " + each.getValue() + "\r\n")
                            .contains("\r\nConnection: close\r\n")
                            .endsWith("</html>\n");
                }
            }
        }
    }

    private RunningProgram pythonServer(String script) throws IOException {
        return script.equals(HTTP_SERVER)
                ? Peers.start(WWW, "python3", "-u", "-m", HTTP_SERVER, "0", "--bind", "127.0.0.1")
                : Peers.python(WWW, script, "0");
    }

    /** {@code http.server} says {@code Serving HTTP on 127.0.0.1 port 37611 (…)}. */
    private static int portOf(RunningProgram server, String script) throws Exception {
        if (!script.equals(HTTP_SERVER)) {
            return server.awaitReady(TIMEOUT);
        }
        server.awaitOutput(" (http", TIMEOUT);
        return Integer.parseInt(server.output().replaceFirst("(?s).* port (\\d+) .*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web_server.py", "web_server_threads.py", HTTP_SERVER})
    void theClientGetsWhatPythonServes(String script) throws Exception {
        try (RunningProgram server = pythonServer(script)) {
            int port = portOf(server, script);
            String hello = Files.readString(WWW.resolve("hello.html"));
            for (String name : List.of("hello.html", "/hello.html")) {
                try (RunningProgram client = client(port, name)) {
                    assertEnds(client, 0);
                    assertThat(client.output()).startsWith("HTTP/1.").endsWith("\n\n" + hello);
                    assertThat(client.output().lines().findFirst().orElseThrow())
                            .endsWith(" 200 OK");
                    assertThat(client.error()).isEmpty();
                }
            }
            try (RunningProgram client = client(port, "handshake.png", "--output", "copy.png")) {
                assertEnds(client, 0);
            }
            assertThat(folder.resolve("copy.png")).hasSameBinaryContentAs(WWW.resolve("handshake.png"));
            try (RunningProgram client = client(port, "none.html");
                    RunningProgram failing = client(port, "none.html", "--fail")) {
                assertEnds(client, 0);
                assertThat(client.output().lines().findFirst().orElseThrow()).contains(" 404 ");
                assertEnds(failing, 1);
            }
        }
    }

    @Test
    void theServersOfTheSheetSayReadyBeforeEachAccept() throws Exception {
        for (String script : List.of("web_server.py", "web_server_threads.py")) {
            try (RunningProgram server = pythonServer(script);
                    RunningProgram client = client(portOf(server, script), "hello.html")) {
                assertEnds(client, 0);
                server.awaitOutput("Ready to serve...\nReady to serve...\n", TIMEOUT);
            }
        }
    }
}
