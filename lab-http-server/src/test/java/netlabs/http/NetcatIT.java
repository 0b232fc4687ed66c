package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static netlabs.http.ServerProcess.closes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and responses typed into {@code nc}, whose lines end with LF. */
@Timeout(120)
class NetcatIT {
    @TempDir
    private Path folder;

    private String hello;

    @BeforeEach
    void peersAreThere() throws IOException {
        Peers.require("nc");
        hello = Files.readString(WWW.resolve("hello.html"));
    }

    private RunningProgram netcat(ServerProcess server) throws IOException {
        return Peers.start(folder, "nc", "127.0.0.1", "" + server.port());
    }

    /** At the end of its input {@code nc} without {@code -N} waits for the server to close. */
    private static void assertTheServerCloses(RunningProgram nc) throws Exception {
        nc.endInput();
        assertEnds(nc, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aRequestTypedLineByLine(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram nc = netcat(server)) {
            for (String line :
                    new String[] {"GET /hello.html HTTP/1.1\n", "Host: here\n", "Connection: close\n", "\n"}) {
                nc.type(line);
            }
            assertTheServerCloses(nc);
            assertThat(nc.output()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + hello);
        }
    }

    /** No Host, and no word on the connection: it is closed behind the response. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void http10(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram nc = netcat(server)) {
            nc.type("GET /hello.html HTTP/1.0\n\n");
            assertTheServerCloses(nc);
            assertThat(nc.output())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\n" + hello);
            server.awaitLogged("\"GET /hello.html HTTP/1.0\" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void http11WithoutHost(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram nc = netcat(server)) {
            nc.type("GET /hello.html HTTP/1.1\n\n");
            assertTheServerCloses(nc);
            assertThat(nc.output())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("\r\nConnection: close\r\n", "<h1>400 Bad Request</h1>");
        }
    }

    /** The first response does not wait for the second request, nor the connection for a close. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void oneRequestAfterTheOther(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram nc = netcat(server)) {
            nc.type("GET /hello.html HTTP/1.1\nHost: here\n\n");
            nc.awaitOutput("\r\n\r\n" + hello, TIMEOUT);
            nc.type("HEAD /hello.html HTTP/1.1\nHost: here\n\n");
            nc.awaitOutput("\r\n\r\n" + hello + "HTTP/1.1 200 OK\r\n", TIMEOUT);
            nc.type("GET /none HTTP/1.1\nHost: here\nConnection: close\n\n");
            assertTheServerCloses(nc);
            assertThat(nc.output())
                    .contains("\r\n\r\nHTTP/1.1 404 Not Found\r\n")
                    .endsWith("</html>\n");
        }
    }

    /** Both requests and FIN: what a client that has half-closed asked for is still sent to it. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aPipelinedPairAndAHalfClose(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram nc = Peers.start(folder, "nc", "-N", "127.0.0.1", "" + server.port())) {
            nc.type("GET /hello.html HTTP/1.1\nHost: here\n\nGET /text.txt HTTP/1.1\nHost: here\n\n");
            nc.endInput();
            assertEnds(nc, 0);
            String text = Files.readString(WWW.resolve("text.txt"));
            assertThat(nc.output()).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\n\r\n" + hello);
            if (closes(model)) {
                assertThat(nc.output()).endsWith(hello);
            } else {
                assertThat(nc.output())
                        .contains("\r\n\r\n" + hello + "HTTP/1.1 200 OK\r\n")
                        .endsWith("\r\n\r\n" + text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void whatIsNoRequest(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            for (String[] each : new String[][] {
                {"Hello?\n\n", "400 Bad Request"},
                {"GET /hello.html\n\n", "400 Bad Request"},
                {"GET hello.html HTTP/1.1\nHost: here\n\n", "400 Bad Request"},
                {"GET / HTTP/2.0\nHost: here\n\n", "505 HTTP Version Not Supported"},
                {"GET / HTTP/1.1\nHost : here\n\n", "400 Bad Request"},
                {"GET / HTTP/1.1\nHost: here\n folded\n\n", "400 Bad Request"},
                {"BREW / HTTP/1.1\nHost: here\nConnection: close\n\n", "501 Not Implemented"}
            }) {
                try (RunningProgram nc = netcat(server)) {
                    nc.type(each[0]);
                    assertTheServerCloses(nc);
                    assertThat(nc.output())
                            .as(each[0])
                            .startsWith("HTTP/1.1 " + each[1] + "\r\n")
                            .contains("<h1>" + each[1] + "</h1>");
                }
            }
        }
    }

    /** A request of escape sequences does not paint in the terminal that the log is read in. */
    @Test
    void theLogIsHarmless() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, "thread");
                RunningProgram nc = netcat(server)) {
            nc.type("GET /a\"b\\c\u001b[31m HTTP/1.0\nX: y\u001b[31m\n\n");
            assertTheServerCloses(nc);
            server.awaitLogged("\" 400 ");
            assertThat(server.program().output()).doesNotContain("\u001b").hasLineCount(2);
        }
    }

    /** {@code nc} as the server: the request is what the guide shows, and the response is typed. */
    @Test
    void theClientsRequest() throws Exception {
        try (RunningProgram nc = Peers.start(folder, "nc", "-v", "-N", "-l", "127.0.0.1", "0")) {
            String port = portOf(nc);
            try (RunningProgram client = LabJar.start(folder, "client", "127.0.0.1", port, "hello.html")) {
                nc.awaitOutput("\r\n\r\n", TIMEOUT);
                assertThat(nc.output())
                        .startsWith("GET /hello.html HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n")
                        .contains("\r\nConnection: close\r\n");
                nc.type("HTTP/1.0 200 OK\n\nby hand\n");
                nc.endInput();
                assertEnds(client, 0);
                assertThat(client.output()).isEqualTo("HTTP/1.0 200 OK\n\nby hand\n");
            }
        }
    }

    @Test
    void aResponseThatIsCut() throws Exception {
        try (RunningProgram nc = Peers.start(folder, "nc", "-v", "-N", "-l", "127.0.0.1", "0");
                RunningProgram client = LabJar.start(folder, "client", "127.0.0.1", portOf(nc), "hello.html")) {
            nc.awaitOutput("\r\n\r\n", TIMEOUT);
            nc.type("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
            nc.endInput();
            assertEnds(client, 1);
            assertThat(client.error()).startsWith("error: ").hasLineCount(1);
        }
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
        try (RunningProgram nc = Peers.start(folder, "nc", "-v", "-l", "127.0.0.1", "0");
                RunningProgram client =
                        LabJar.start(folder, "client", "127.0.0.1", portOf(nc), "hello.html", "--timeout", "500ms")) {
            assertEnds(client, 1);
            assertThat(client.error()).startsWith("error: ").contains("500 ms").hasLineCount(1);
        }
    }

    /** The port of {@code nc -v -l}: it says {@code Listening on localhost 46633}. */
    private static String portOf(RunningProgram listening) throws Exception {
        listening.awaitError("\n", TIMEOUT);
        String line = listening.error().lines().findFirst().orElseThrow();
        return line.substring(line.lastIndexOf(' ') + 1);
    }
}
