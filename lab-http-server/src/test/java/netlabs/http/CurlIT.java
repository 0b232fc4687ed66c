package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static netlabs.http.ServerProcess.closes;
import static netlabs.http.ServerProcess.randomFile;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code curl} as the client. */
@Timeout(120)
class CurlIT {
    private static final int SIZE = 5_000_001;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void curlIsThere() throws IOException {
        Peers.require("curl");
        root = Files.createDirectory(folder.resolve("root"));
    }

    /** What curl prints, which has to end with status 0. */
    private String curl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-sS", "--max-time", "25"));
        all.addAll(List.of(arguments));
        try (RunningProgram curl = Peers.start(folder, "curl", all.toArray(new String[0]))) {
            assertEnds(curl, 0);
            return curl.output();
        }
    }

    /** The status of the response to one request, the body of which goes to the file {@code body}. */
    private String status(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-o", "body", "-w", "%{http_code}"));
        all.addAll(List.of(arguments));
        return curl(all.toArray(new String[0]));
    }

    private Path body() {
        return folder.resolve("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aPage(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String head = curl("-D", "-", "-o", "body", server.url("/hello.html"));
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("hello.html"));
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n")
                    .contains(
                            "\r\nContent-Type: text/html; charset=utf-8\r\n",
                            "\r\nContent-Length: " + Files.size(body()) + "\r\n",
                            "\r\nAccept-Ranges: bytes\r\n",
                            "\r\nX-Content-Type-Options: nosniff\r\n")
                    .containsPattern("\r\nDate: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n")
                    .containsPattern("\r\nLast-Modified: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n")
                    .containsPattern("\r\nETag: \"[^\"]+\"\r\n");
            assertThat(head.contains("\r\nConnection: close\r\n")).isEqualTo(closes(model));
            server.awaitLogged("] \"GET /hello.html HTTP/1.1\" 200 " + Files.size(body()) + "\n");
            assertThat(server.program().output()).startsWith("Ready to serve...\n127.0.0.1 - - [");
        }
    }

    /** RFC 9110 §9.3.2: the same fields, and no body. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void headIsGetWithoutTheBody(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            for (String path : List.of("/handshake.png", "/missing")) {
                String head = curl("-I", server.url(path));
                String get = curl("-D", "-", "-o", "body", server.url(path));
                assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            }
        }
    }

    private static String withoutDate(String head) {
        return head.replaceFirst("\r\nDate: [^\r]*", "");
    }

    @ParameterizedTest
    @CsvSource({"iterative, 1 1 1", "thread, 1 0 0", "pool, 1 0 0", "selector, 1 0 0"})
    void aConnectionIsKept(String model, String connects) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String counts = curl(
                    "-w",
                    "%{num_connects} ",
                    "-o",
                    "page",
                    server.url("/"),
                    "-o",
                    "none",
                    server.url("/missing"),
                    "-o",
                    "picture",
                    server.url("/handshake.png"));
            assertThat(counts.strip()).isEqualTo(connects);
            assertThat(folder.resolve("page")).hasSameBinaryContentAs(WWW.resolve("index.html"));
            assertThat(folder.resolve("none")).content().contains("<h1>404 Not Found</h1>");
            assertThat(folder.resolve("picture")).hasSameBinaryContentAs(WWW.resolve("handshake.png"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void closeIsClose(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String url = server.url("/hello.html");
            assertThat(curl("-H", "Connection: close", "-D", "-", "-w", "%{num_connects}", url, url))
                    .containsPattern("(?s)Connection: close\r\n.*1HTTP.*Connection: close\r\n.*1$");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iterative, 1 1, false", "thread, 1 1, false", "selector, 1 1, false",
        "iterative, 1 1, true", "thread, 1 0, true", "selector, 1 0, true"
    })
    void http10(String model, String connects, boolean keepAlive) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String url = server.url("/hello.html");
            List<String> arguments =
                    new ArrayList<>(List.of("-0", "-D", "head", "-o", "one", "-o", "two", "-w", "%{num_connects} "));
            if (keepAlive) {
                arguments.addAll(List.of("-H", "Connection: keep-alive"));
            }
            arguments.addAll(List.of(url, url));
            assertThat(curl(arguments.toArray(new String[0])).strip()).isEqualTo(connects);
            assertThat(folder.resolve("two")).hasSameBinaryContentAs(WWW.resolve("hello.html"));
            assertThat(folder.resolve("head"))
                    .content()
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nConnection: " + (connects.equals("1 1") ? "close" : "keep-alive") + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aLargeFile(String model) throws Exception {
        Path file = randomFile(root, "big.bin", SIZE);
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            assertThat(status(server.url("/big.bin"))).isEqualTo("200");
            assertThat(body()).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector"})
    void severalAtTheSameTime(String model) throws Exception {
        Path file = randomFile(root, "big.bin", SIZE);
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            String url = server.url("/big.bin");
            curl("-Z", "-o", "a", url, "-o", "b", url, "-o", "c", url, "-o", "d", url);
        }
        for (String copy : List.of("a", "b", "c", "d")) {
            assertThat(folder.resolve(copy)).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iterative, 0-99, 0, 100",
        "thread, 0-99, 0, 100",
        "thread, 4999000-, 4999000, 5000001",
        "thread, -100, 4999901, 5000001",
        "selector, 0-99, 0, 100",
        "selector, 4999000-, 4999000, 5000001",
        "selector, -100, 4999901, 5000001",
        "selector, 1000-9999999, 1000, 5000001",
        "selector, -9999999, 0, 5000001",
    })
    void aRange(String model, String range, int from, int to) throws Exception {
        byte[] all = Files.readAllBytes(randomFile(root, "big.bin", SIZE));
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            assertThat(status("-r", range, "-D", "head", server.url("/big.bin")))
                    .isEqualTo("206");
            assertThat(body()).hasBinaryContent(Arrays.copyOfRange(all, from, to));
            assertThat(folder.resolve("head"))
                    .content()
                    .startsWith("HTTP/1.1 206 Partial Content\r\n")
                    .contains("\r\nContent-Range: bytes " + from + "-" + (to - 1) + "/" + SIZE + "\r\n")
                    .contains("\r\nContent-Length: " + (to - from) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void severalRanges(String model) throws Exception {
        Files.writeString(root.resolve("digits.txt"), "0123456789abcdefghij");
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            assertThat(status("-r", "0-2,10-11,-1", "-D", "head", server.url("/digits.txt")))
                    .isEqualTo("206");
            String head = Files.readString(folder.resolve("head"));
            assertThat(head).contains("\r\nContent-Type: multipart/byteranges; boundary=");
            String boundary = head.replaceFirst("(?s).*boundary=\"?([^\"\r]+).*", "$1");
            String[] parts = Files.readString(body()).split("(\r\n)?--" + boundary);
            assertThat(parts).hasSize(5);
            assertThat(parts[0]).isEmpty();
            assertThat(parts[1]).contains("Content-Range: bytes 0-2/20\r\n").endsWith("\r\n\r\n012");
            assertThat(parts[2]).contains("Content-Range: bytes 10-11/20\r\n").endsWith("\r\n\r\nab");
            assertThat(parts[3]).contains("Content-Range: bytes 19-19/20\r\n").endsWith("\r\n\r\nj");
            assertThat(parts[1]).contains("\r\nContent-Type: text/plain; charset=utf-8\r\n");
            assertThat(parts[4]).isEqualTo("--\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aRangeBehindTheEnd(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(status("-r", "1000000-", "-D", "head", server.url("/hello.html")))
                    .isEqualTo("416");
            assertThat(folder.resolve("head"))
                    .content()
                    .contains("\r\nContent-Range: bytes */" + Files.size(WWW.resolve("hello.html")) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aDownloadIsResumed(String model) throws Exception {
        Path file = randomFile(root, "big.bin", SIZE);
        Files.write(folder.resolve("body"), Arrays.copyOf(Files.readAllBytes(file), 2_000_000));
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            assertThat(status("-C", "-", server.url("/big.bin"))).isEqualTo("206");
            server.awaitLogged("\"GET /big.bin HTTP/1.1\" 206 3000001\n");
        }
        assertThat(body()).hasSameBinaryContentAs(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void notModified(String model) throws Exception {
        randomFile(root, "one.bin", 1000);
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            String url = server.url("/one.bin");
            assertThat(status("--etag-save", "etag", url)).isEqualTo("200");
            Files.delete(body());
            assertThat(status("--etag-compare", "etag", "-D", "head", url)).isEqualTo("304");
            assertThat(body()).doesNotExist();
            assertThat(folder.resolve("head"))
                    .content()
                    .startsWith("HTTP/1.1 304 Not Modified\r\n")
                    .contains("\r\nETag: "
                            + Files.readString(folder.resolve("etag")).strip() + "\r\n")
                    .doesNotContain("Content-Length: 0");
            assertThat(status("-H", "If-None-Match: \"another\"", url)).isEqualTo("200");
            assertThat(status("-H", "If-None-Match: *", url)).isEqualTo("304");
            assertThat(status("-H", "If-Match: \"another\"", url)).isEqualTo("412");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void sinceWhenItWasModified(String model) throws Exception {
        randomFile(root, "one.bin", 1000);
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            String url = server.url("/one.bin");
            assertThat(status("-R", url)).isEqualTo("200");
            assertThat(Files.getLastModifiedTime(body()).toInstant()).isEqualTo(ServerProcess.THEN);
            assertThat(status("-z", "body", url)).isEqualTo("304");
            assertThat(status("-z", "Thu, 29 Feb 2024 12:34:56 GMT", url)).isEqualTo("304");
            assertThat(status("-z", "Thu, 29 Feb 2024 12:34:55 GMT", url)).isEqualTo("200");
            // With the very second curl itself takes the file for too new, whatever comes.
            assertThat(status("-z", "-Thu, 29 Feb 2024 12:34:57 GMT", url)).isEqualTo("200");
            assertThat(status("-z", "-Thu, 29 Feb 2024 12:34:55 GMT", url)).isEqualTo("412");
        }
    }

    /** The answer comes at once, so curl does not send the body (RFC 9110 §10.1.1). */
    @ParameterizedTest
    @CsvSource({
        "iterative, 50000, 405 Method Not Allowed", "iterative, 5000001, 413 Content Too Large",
        "thread, 50000, 405 Method Not Allowed", "thread, 5000001, 413 Content Too Large",
        "selector, 50000, 405 Method Not Allowed", "selector, 5000001, 413 Content Too Large"
    })
    void aPostThatAsksFirst(String model, int size, String answer) throws Exception {
        Path file = randomFile(folder, "body.bin", size);
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String sent = curl(
                    "--expect100-timeout",
                    "20",
                    "-H",
                    "Expect: 100-continue",
                    "--data-binary",
                    "@" + file,
                    "-D",
                    "head",
                    "-o",
                    "body",
                    "-w",
                    "%{size_upload}",
                    server.url("/hello.html"));
            assertThat(sent).isEqualTo("0");
            assertThat(folder.resolve("head")).content().startsWith("HTTP/1.1 " + answer + "\r\n");
            assertThat(body()).content().contains("<h1>" + answer + "</h1>");
        }
    }

    /** curl is still sending when the answer comes, and gets to read it: no RST overtakes it. */
    @ParameterizedTest
    @CsvSource({
        "iterative, Transfer-Encoding: chunked", "iterative, X-Nothing: 1",
        "thread, Transfer-Encoding: chunked", "thread, X-Nothing: 1",
        "selector, Transfer-Encoding: chunked", "selector, X-Nothing: 1"
    })
    void aBodyThatIsTooLarge(String model, String field) throws Exception {
        Path file = randomFile(folder, "big.bin", SIZE);
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(status("-H", field, "-H", "Expect:", "--data-binary", "@" + file, server.url("/hello.html")))
                    .isEqualTo("413");
            assertThat(body()).content().contains("<h1>413 Content Too Large</h1>");
        }
    }

    /** A body that the server may read gets its {@code 100 Continue}. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aGetWithABodyThatAsksFirst(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String heads = curl(
                    "--expect100-timeout",
                    "20",
                    "-X",
                    "GET",
                    "-d",
                    "a body",
                    "-H",
                    "Expect: 100-continue",
                    "-D",
                    "-",
                    "-o",
                    "body",
                    "-w",
                    "%{size_upload}",
                    server.url("/hello.html"));
            assertThat(heads)
                    .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n6");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("hello.html"));
        }
    }

    /** A body is read to its end, so the next request is found behind it. */
    @ParameterizedTest
    @CsvSource({
        "thread, Transfer-Encoding: chunked", "selector, Transfer-Encoding: chunked",
        "thread, X-Nothing: 1", "selector, X-Nothing: 1"
    })
    void aPostAndThenAGetOnTheSameConnection(String model, String field) throws Exception {
        Path file = randomFile(folder, "small.bin", 50_000);
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String url = server.url("/hello.html");
            String format = "%{http_code} %{num_connects} ";
            assertThat(curl(
                            "-H",
                            field,
                            "-H",
                            "Expect:",
                            "--data-binary",
                            "@" + file,
                            "-o",
                            "page",
                            "-w",
                            format,
                            url,
                            "--next",
                            "-sS",
                            "-o",
                            "body",
                            "-w",
                            format,
                            url))
                    .isEqualTo("405 1 200 0 ");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("hello.html"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void otherMethods(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            String url = server.url("/hello.html");
            for (String method : List.of("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE")) {
                assertThat(curl("-X", method, "-i", url))
                        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                        .contains("\r\nAllow: GET, HEAD\r\n", "<h1>405 Method Not Allowed</h1>");
            }
            assertThat(status("-T", WWW.resolve("text.txt").toString(), url)).isEqualTo("405");
            assertThat(curl("-X", "BREW", "-i", url))
                    .startsWith("HTTP/1.1 501 Not Implemented\r\n")
                    .contains("<h1>501 Not Implemented</h1>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void nothingOutsideTheRootIsSent(String model) throws Exception {
        String secret = "not to be sent";
        Files.writeString(folder.resolve("secret.txt"), secret);
        Files.writeString(root.resolve(".hidden"), secret);
        Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("null"), Path.of("/dev/null"));
        Files.createDirectory(root.resolve("sub"));
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            for (String path : List.of(
                    "/../secret.txt",
                    "/sub/../../secret.txt",
                    "/%2e%2e/secret.txt",
                    "/.%2E/secret.txt",
                    "/..%2fsecret.txt",
                    "/..%5csecret.txt",
                    "/%252e%252e/secret.txt",
                    "//" + folder.resolve("secret.txt"),
                    "/" + folder.resolve("secret.txt"),
                    "/sub/..;/../secret.txt",
                    "/.hidden",
                    "/%2ehidden",
                    "/link.txt",
                    "/null",
                    "/secret.txt%00.html")) {
                String response = curl("--path-as-is", "-i", server.url(path));
                assertThat(response).as(path).doesNotContain(secret).containsPattern("^HTTP/1.1 40[034] ");
            }
            assertThat(status("--path-as-is", server.url("/link.txt"))).isEqualTo("403");
            assertThat(status("--path-as-is", server.url("/../secret.txt"))).isEqualTo("403");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void folders(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                ServerProcess listing = ServerProcess.start(folder, WWW, model, "--list")) {
            assertThat(curl("-i", server.url("/docs?q=1")))
                    .startsWith("HTTP/1.1 301 Moved Permanently\r\n")
                    .contains("\r\nLocation: /docs/?q=1\r\n");
            assertThat(status("-L", server.url("/docs"))).isEqualTo("200");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("docs/index.html"));
            assertThat(status(server.url("/files/"))).isEqualTo("403");
            assertThat(status(listing.url("/files/"))).isEqualTo("200");
            assertThat(body()).content().contains(">one.txt</a>", "two%20words.txt\">two words.txt</a>");
            assertThat(status(server.url("/files/two%20words.txt?a=b"))).isEqualTo("200");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("files/two words.txt"));
            assertThat(status(server.url("/hello.html/"))).isEqualTo("404");
        }
    }

    /** Absolute form (RFC 9112 §3.2.2): what a client sends to a proxy is taken by its path. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void theAbsoluteForm(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(status("-x", server.url(""), "--noproxy", "", "http://netlabs.test/hello.html"))
                    .isEqualTo("200");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("hello.html"));
            server.awaitLogged("\"GET http://netlabs.test/hello.html HTTP/1.1\" 200 ");
        }
    }

    /** The server has no compressed form, and says so by leaving it out. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void compressionIsNotOffered(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(status("--compressed", "-D", "head", server.url("/text.txt")))
                    .isEqualTo("200");
            assertThat(body()).hasSameBinaryContentAs(WWW.resolve("text.txt"));
            assertThat(folder.resolve("head")).content().doesNotContain("Content-Encoding", "Transfer-Encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void limits(String model) throws Exception {
        Path fields = Files.writeString(folder.resolve("fields"), "X-Long: " + "x".repeat(10_000) + "\n");
        Path many = Files.writeString(folder.resolve("many"), "X-Many: 1\n".repeat(150), StandardCharsets.US_ASCII);
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            assertThat(status(server.url("/" + "a".repeat(10_000)))).isEqualTo("414");
            assertThat(status("-H", "@" + fields, server.url("/"))).isEqualTo("431");
            assertThat(status("-H", "@" + many, server.url("/"))).isEqualTo("431");
            assertThat(status(server.url("/" + "a".repeat(300)))).isEqualTo("404");
        }
    }

    /** What speaks another protocol is told so in this one, and disturbs nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void otherProtocols(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            for (String[] each : new String[][] {
                {"--http2-prior-knowledge", server.url("/")}, {"https://127.0.0.1:" + server.port() + "/"}
            }) {
                List<String> arguments = new ArrayList<>(List.of("-sS", "--max-time", "25"));
                arguments.addAll(List.of(each));
                try (RunningProgram curl = Peers.start(folder, "curl", arguments.toArray(new String[0]))) {
                    assertThat(curl.awaitExit(TIMEOUT)).as(curl.toString()).isNotEqualTo(0);
                }
            }
            server.awaitLogged("\"PRI * HTTP/2.0\" 505 ");
            server.awaitLogged("\" 400 ");
            assertThat(server.program().output()).matches("(?s)[\\n\\P{Cc}]*"); // the TLS hello has any bytes
            assertThat(status("-H", "Upgrade: h2c", "-H", "Connection: Upgrade, HTTP2-Settings", server.url("/")))
                    .isEqualTo("200");
        }
    }
}
