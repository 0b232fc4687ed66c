package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code client}, against servers that answer as they should, and others. */
@Timeout(60)
class WebClientTest {
    private static final String HOST = "127.0.0.1";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nX: a\r\n";
    private static final String SHOWN = "HTTP/1.1 200 OK\nX: a\n";

    @TempDir
    private Path folder;

    private TestConsole console = new TestConsole();

    private int run(TestOrigin server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("client", "--timeout", "10s"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(1, List.of("--host", HOST, "--port", Integer.toString(server.port())));
        return run(all.toArray(new String[0]));
    }

    private int run(String... arguments) {
        return HttpLab.program().run(arguments, console.console());
    }

    /** What is printed of {@code response}, without error. */
    private String printed(String response, String... arguments) throws IOException {
        try (TestOrigin server = TestOrigin.answering(response)) {
            int exit = run(server, arguments.length == 0 ? new String[] {"a"} : arguments);
            assertThat(console.err()).isEmpty();
            assertThat(exit).isZero();
            return console.out();
        }
    }

    /** What is said on standard error about {@code response}, with the server's name as SERVER. */
    private String error(String response, String... arguments) throws IOException {
        console = new TestConsole();
        try (TestOrigin server = TestOrigin.answering(response)) {
            assertThat(run(server, arguments.length == 0 ? new String[] {"a"} : arguments))
                    .isEqualTo(1);
            assertThat(console.err()).startsWith("error: ").hasLineCount(1).doesNotContain("Exception");
            return console.err().strip().replace(HOST + ":" + server.port(), "SERVER");
        }
    }

    // the request

    private String request(String... arguments) throws IOException {
        StringBuilder request = new StringBuilder();
        int port;
        try (TestOrigin server = TestOrigin.of(client -> {
            request.append(TestOrigin.readRequest(client));
            client.send(HEAD + "Content-Length: 0\r\n\r\n");
        })) {
            port = server.port();
            assertThat(run(server, arguments)).isZero();
        }
        return request.toString().replace(":" + port, ":PORT");
    }

    @Test
    void itAsksForOneFileAndClosesBehindIt() throws IOException {
        assertThat(request("index.html"))
                .isEqualTo("GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n");
    }

    @Test
    void theSheetsArgumentsAreHostPortAndFile() throws IOException {
        try (TestOrigin server = TestOrigin.answering(HEAD + "Content-Length: 3\r\n\r\nabc")) {
            assertThat(run("client", HOST, Integer.toString(server.port()), "a.txt"))
                    .isZero();
            assertThat(console.out()).isEqualTo(SHOWN + "Content-Length: 3\n\nabc");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, /a.html",
        "/a.html, /a.html",
        "'', /",
        "/, /",
        "a b, /a%20b",
        "a%20b, /a%20b",
        "café, /caf%C3%A9",
        "a?b=c, /a?b=c",
        "a#b, /a%23b",
        "../a, /../a",
        "//a, //a",
        "'a\"<>\\^`{|}', /a%22%3C%3E%5C%5E%60%7B%7C%7D"
    })
    void aNameIsEncodedWhereItHasTo(String name, String target) throws IOException {
        assertThat(request(name)).startsWith("GET " + target + " HTTP/1.1\r\n");
    }

    @Test
    void noNameWritesFieldsOfItsOwn() throws IOException {
        assertThat(request("a HTTP/1.1\r\nX: y\r\n\r\n"))
                .startsWith("GET /a%20HTTP/1.1%0D%0AX:%20y%0D%0A%0D%0A HTTP/1.1\r\n");
    }

    @Test
    void headAsksForTheHead() throws IOException {
        assertThat(request("--head", "a")).startsWith("HEAD /a HTTP/1.1\r\n");
    }

    // the body's end

    @Test
    void aBodyOfALengthEndsThere() throws IOException {
        assertThat(printed(HEAD + "Content-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n"))
                .isEqualTo(SHOWN + "Content-Length: 3\n\nabc");
    }

    @Test
    void itDoesNotWaitForTheCloseWhereItKnowsTheEnd() throws IOException {
        for (String rest :
                List.of("Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
            console = new TestConsole();
            try (TestOrigin server = TestOrigin.of(client -> {
                TestOrigin.readRequest(client);
                client.send(HEAD + rest).expectEnd(); // the client is the one that closes
            })) {
                assertThat(run(server, "a")).isZero();
                assertThat(console.out()).endsWith("\n\nabc");
            }
        }
    }

    @Test
    void aBodyInChunksIsItsContent() throws IOException {
        assertThat(printed(HEAD + "Transfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"))
                .isEqualTo(SHOWN + "Transfer-Encoding: chunked\n\nabcde");
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() throws IOException {
        assertThat(printed(HEAD + "\r\nabc\r\ndef")).isEqualTo(SHOWN + "\nabc\r\ndef");
        console = new TestConsole();
        assertThat(printed("HTTP/1.0 200 OK\r\n\r\n")).isEqualTo("HTTP/1.0 200 OK\n\n");
    }

    @Test
    void bareLinesAreReadToo() throws IOException {
        assertThat(printed("HTTP/1.1 200 OK\nX: a\nContent-Length: 1\n\nb"))
                .isEqualTo(SHOWN + "Content-Length: 1\n\nb");
    }

    @Test
    void interimResponsesArePassedOver() throws IOException {
        assertThat(printed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: b\r\n\r\n" + HEAD
                        + "Content-Length: 1\r\n\r\na"))
                .isEqualTo(SHOWN + "Content-Length: 1\n\na");
    }

    @Test
    void interimResponsesWithoutEndAreAnError() throws IOException {
        String error = error("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000) + HEAD + "\r\n");
        assertThat(error).contains("interim");
    }

    @Test
    void theAnswerToAHeadHasNoBody() throws IOException {
        assertThat(printed(HEAD + "Content-Length: 3\r\n\r\n", "--head", "a"))
                .isEqualTo(SHOWN + "Content-Length: 3\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void someAnswersHaveNoBody(String status) throws IOException {
        try (TestOrigin server = TestOrigin.of(client -> {
            TestOrigin.readRequest(client);
            client.send("HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\n").expectEnd();
        })) {
            assertThat(run(server, "a")).isZero();
            assertThat(console.out()).isEqualTo("HTTP/1.1 " + status + "\nContent-Length: 3\n\n");
        }
    }

    @Test
    void aLongBodyIsWhole() throws IOException {
        String body = "0123456789".repeat(50_000);
        assertThat(printed(HEAD + "Content-Length: 500000\r\n\r\n" + body).endsWith("\n\n" + body))
                .isTrue();
    }

    // damaged

    @Test
    void aBodyThatIsCutOffIsAnError() throws IOException {
        assertThat(error(HEAD + "Content-Length: 10\r\n\r\nabc"))
                .isEqualTo("error: SERVER closed the connection after 3 of 10 bytes of the body");
        assertThat(console.out()).endsWith("\n\nabc");
        assertThat(error(HEAD + "Content-Length: 10\r\n\r\n"))
                .isEqualTo("error: SERVER closed the connection after 0 of 10 bytes of the body");
        for (String chunks : List.of("", "3", "3\r\n", "3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n")) {
            assertThat(error(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
                    .isEqualTo("error: SERVER closed the connection after a part, before its last chunk of the body");
        }
    }

    @Test
    void aHeadThatIsCutOffIsAnError() throws IOException {
        assertThat(error("")).isEqualTo("error: SERVER closed the connection without an answer");
        assertThat(error("HTTP/1.1 200")).isEqualTo("error: SERVER closed the connection in the middle of the head");
        assertThat(error(HEAD)).isEqualTo("error: SERVER closed the connection in the middle of the head");
        assertThat(error("HTTP/1.1 100 Continue\r\n\r\n"))
                .isEqualTo("error: SERVER closed the connection without an answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : a\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
                "HTTP/1.1 200 OK\rX: a\r\n\r\n",
                "HTTP/1.1 200 \u001b[2J\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
                "\u0000\u0001\u0002"
            })
    void garbageIsNotUnderstood(String response) throws IOException {
        assertThat(error(response)).startsWith("error: the answer of SERVER is not understood: ");
    }

    @ParameterizedTest
    @CsvSource({"1, 9000", "101, 3", "90, 1000"})
    void aFloodOfFieldsIsRefused(int fields, int length) throws IOException {
        assertThat(error("HTTP/1.1 200 OK\r\n" + ("X: " + "a".repeat(length) + "\r\n").repeat(fields) + "\r\n"))
                .startsWith("error: the answer of SERVER is not understood: ");
    }

    @Test
    void aStatusLineWithoutEndIsRefused() throws IOException {
        assertThat(error("HTTP/1.1 200 " + "a".repeat(100_000)))
                .isEqualTo("error: the answer of SERVER is not understood: the start line is longer than 8192 bytes");
    }

    @Test
    void emptyLinesWithoutEndAreRefused() throws IOException {
        assertThat(error("\r\n".repeat(1_000))).startsWith("error: the answer of SERVER is not understood: ");
    }

    @Test
    void aResetIsAnError() throws IOException {
        for (String sent : List.of("", HEAD + "Content-Length: 10\r\n\r\nabc", HEAD + "\r\nabc")) {
            console = new TestConsole();
            try (TestOrigin server = TestOrigin.of(client -> {
                TestOrigin.readRequest(client);
                client.send(sent).reset();
            })) {
                assertThat(run(server, "a")).isEqualTo(1);
                assertThat(console.err()).isEqualTo("error: " + HOST + ":" + server.port() + " reset the connection\n");
            }
        }
    }

    @Test
    void aServerThatSaysNothingIsAnError() throws IOException {
        for (String sent : List.of("", "HTTP/1.1 200", HEAD + "Content-Length: 10\r\n\r\nabc")) {
            console = new TestConsole();
            try (TestOrigin server = TestOrigin.of(client -> {
                TestOrigin.readRequest(client);
                client.send(sent).expectEnd();
            })) {
                assertThat(run("client", "--timeout", "100ms", HOST, Integer.toString(server.port()), "a"))
                        .isEqualTo(1);
                assertThat(console.err())
                        .isEqualTo("error: no answer from " + HOST + ":" + server.port()
                                + " within 100 ms - is it serving another client?\n");
            }
        }
    }

    @Test
    void withoutAServerThereIsAnError() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(run("client", HOST, Integer.toString(port), "a")).isEqualTo(1);
        assertThat(console.err())
                .isEqualTo("error: connection refused by " + HOST + ":" + port + " - is the server running?\n");
    }

    // options

    @Test
    void anErrorIsAnAnswerUnlessFailIsGiven() throws IOException {
        String response = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone";
        assertThat(printed(response)).isEqualTo("HTTP/1.1 404 Not Found\nContent-Length: 4\n\nnone");
        assertThat(error(response, "--fail", "a")).isEqualTo("error: SERVER answered HTTP/1.1 404 Not Found");
        assertThat(console.out())
                .as("as curl has it: without the page")
                .isEqualTo("HTTP/1.1 404 Not Found\nContent-Length: 4\n\n");
        assertThat(error("HTTP/1.1 999 ?\r\nContent-Length: 0\r\n\r\n", "--fail", "a"))
                .isEqualTo("error: SERVER answered HTTP/1.1 999 ?");
    }

    @Test
    void failSaysNothingOfWhatIsNoError() throws IOException {
        assertThat(printed("HTTP/1.1 304 Not Modified\r\n\r\n", "--fail", "a"))
                .isEqualTo("HTTP/1.1 304 Not Modified\n\n");
    }

    @Test
    void outputTakesTheBytesOfTheBody() throws IOException {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c <= 0xff; c++) {
            all.append(c);
        }
        Path file = folder.resolve("body");
        String printed = printed(HEAD + "Content-Length: 256\r\n\r\n" + all, "--output", file.toString(), "a");
        assertThat(printed).isEqualTo(SHOWN + "Content-Length: 256\n\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(all.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void outputOfNothingIsAnEmptyFile() throws IOException {
        Path file = Files.writeString(folder.resolve("body"), "old");
        printed(HEAD + "Content-Length: 0\r\n\r\n", "--output", file.toString(), "a");
        assertThat(file).isEmptyFile();
    }

    @Test
    void withoutAnAnswerAFileStaysAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("body"), "old");
        error("", "--output", file.toString(), "a");
        error("garbage\r\n\r\n", "--output", file.toString(), "a");
        assertThat(file).hasContent("old");
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() throws IOException {
        Path file = folder.resolve("none/body");
        assertThat(run("client", "--output", file.toString(), HOST, "1", "a")).isEqualTo(1);
        assertThat(console.err()).startsWith("error: ").hasLineCount(1);
        String error = error(HEAD + "Content-Length: 1\r\n\r\na", "--output", file.toString(), "a");
        assertThat(error).isEqualTo("error: cannot write " + file + ": no such file or directory");
    }

    @Test
    void aFieldDoesNotSteerTheTerminal() throws IOException {
        assertThat(printed("HTTP/1.1 200 a\u009b2J\r\nX: \u0085\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 a\\x9b2J\nX: \\x85\nContent-Length: 0\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client",
                "client 127.0.0.1 80",
                "client 127.0.0.1 80 a b",
                "client 127.0.0.1 x a",
                "client 127.0.0.1 0 a",
                "client 127.0.0.1 65536 a",
                "client --port 80 127.0.0.1 80 a",
                "client --timeout x a"
            })
    void wrongUsageIsExit2(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(console.err()).isNotEmpty();
    }
}
