package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import netlabs.common.LabException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's bytes in, an answer out: RFC 9110 for the files of a folder, and what does not leave it. */
@Timeout(60)
class OriginTest {
    private static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String DIGITS = "0123456789";

    /** Whether the copies of long files are in a {@link ContentFile}. */
    boolean inFile() {
        return false;
    }

    @TempDir
    private Path folder;

    private Path root;
    private Origin origin;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        file("digits.txt", DIGITS);
        origin = new Origin(Site.open(root), false, new HotFiles(inFile()));
    }

    private Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(HttpDate.parse(MODIFIED))));
    }

    private Reading answer(Request request) throws IOException {
        Reading reading = Reading.of(origin.answer(request));
        assertThat(reading.date()).as("Date of " + reading.line()).isNotNull();
        return reading;
    }

    private Reading get(String target, String... fields) throws IOException {
        return answer(Decoding.get(target, fields));
    }

    private Reading head(String target, String... fields) throws IOException {
        return answer(Decoding.request("HEAD", target, fields));
    }

    private int status(String target) throws IOException {
        Reading reading = get(target);
        assertThat(reading.body()).doesNotContain("secret", folder.toString());
        return reading.status();
    }

    private String tag() throws IOException {
        return get("/digits.txt").field("ETag");
    }

    // GET and HEAD

    @Test
    void aFileIsAnsweredWithItsFieldsAndContent() throws IOException {
        Reading reading = get("/digits.txt");
        assertThat(reading.line()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(reading.fields())
                .containsExactly(
                        "Last-Modified: " + MODIFIED,
                        "ETag: " + reading.field("ETag"),
                        "Cache-Control: no-cache",
                        "Accept-Ranges: bytes",
                        "X-Content-Type-Options: nosniff",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Length: 10");
        assertThat(reading.field("ETag")).matches("\"[!#-~]+\"");
        assertThat(reading.body()).isEqualTo(DIGITS);
    }

    @Test
    void dateIsTheMomentOfTheAnswer() throws IOException {
        long before = System.currentTimeMillis() / 1000;
        Reading reading = get("/digits.txt");
        assertThat(HttpDate.parse(reading.date())).isBetween(before, System.currentTimeMillis() / 1000);
    }

    @ParameterizedTest
    @CsvSource({"/digits.txt, 200", "/none, 404", "/sub, 301", "/sub/, 403", "/.x, 403", "/a%00, 400", "/, 200"})
    void headIsGetWithoutTheContent(String target, int status) throws IOException {
        file("sub/a.txt", "a");
        file("index.html", "<p>");
        Reading get = get(target);
        Reading head = head(target);
        assertThat(get.status()).isEqualTo(status);
        assertThat(get.body()).isNotEmpty();
        assertThat(head.line()).isEqualTo(get.line());
        assertThat(head.fields()).isEqualTo(get.fields());
        assertThat(head.body()).isEmpty();
    }

    @Test
    void headOfAListingHasNoContent() throws IOException {
        origin = new Origin(Site.open(root), true, new HotFiles(inFile()));
        assertThat(head("/").fields()).isEqualTo(get("/").fields());
        assertThat(head("/").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: *", "If-Match: \"x\"", "Range: bytes=0-1", "Range: bytes=100-"})
    void headWithConditionsHasNoContent(String field) throws IOException {
        assertThat(head("/digits.txt", field).body()).isEmpty();
    }

    @Test
    void aFileOfAnySizeIsWhole() throws IOException {
        for (int size : new int[] {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 1 << 20, (1 << 20) + 1}) {
            String content = "abcdefghi\n".repeat(size / 10 + 1).substring(0, size);
            file(size + ".txt", content);
            for (int again = 0; again < 3; again++) {
                Reading reading = get("/" + size + ".txt");
                assertThat(reading.field("Content-Length")).isEqualTo(Integer.toString(size));
                assertThat(reading.body().equals(content)).as(size + " bytes").isTrue();
            }
        }
    }

    @Test
    void noAnswerVaries() throws IOException {
        for (String encoding : new String[] {"gzip, br", "identity;q=0", "*"}) {
            Reading reading = get("/digits.txt", "Accept-Encoding: " + encoding, "Accept: image/png");
            assertThat(reading.body()).isEqualTo(DIGITS);
            assertThat(reading.field("Vary")).isNull();
            assertThat(reading.field("Content-Encoding")).isNull();
        }
    }

    @Test
    void aBodyOfAGetChangesNothing() throws IOException {
        Request request = Decoding.request("GET /digits.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(answer(request).body()).isEqualTo(DIGITS);
    }

    @Test
    void ofAnAbsoluteFormTargetTheHostDoesNotMatter() throws IOException {
        assertThat(get("http://elsewhere.example/digits.txt").body()).isEqualTo(DIGITS);
        assertThat(status("http://elsewhere.example/../secret.txt")).isEqualTo(403);
    }

    @Test
    void aQueryChangesNothing() throws IOException {
        assertThat(get("/digits.txt?a=b&c").body()).isEqualTo(DIGITS);
    }

    // methods

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void aKnownMethodIsNotAllowed(String method) throws IOException {
        Reading reading = answer(Decoding.request(method, "/digits.txt"));
        assertThat(reading.line()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
        assertThat(reading.field("Allow")).isEqualTo("GET, HEAD");
        assertThat(Files.exists(root.resolve("digits.txt"))).isTrue();
    }

    @Test
    void connectAndOptionsOfTheServerAreNotAllowedEither() throws IOException {
        assertThat(answer(Decoding.request("CONNECT", "a.example:443")).status())
                .isEqualTo(405);
        assertThat(answer(Decoding.request("OPTIONS", "*")).field("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "get", "PROPFIND", "GETT"})
    void anUnknownMethodIsNotImplemented(String method) throws IOException {
        Reading reading = answer(Decoding.request(method, "/digits.txt"));
        assertThat(reading.line()).isEqualTo("HTTP/1.1 501 Not Implemented");
        assertThat(reading.field("Allow")).isNull();
    }

    // errors

    @Test
    void whatIsNotThereIs404WithAPage() throws IOException {
        Reading reading = get("/none.html");
        assertThat(reading.line()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(reading.fields())
                .containsExactly(
                        "Content-Type: text/html; charset=utf-8",
                        "Content-Length: " + reading.body().length(),
                        "X-Content-Type-Options: nosniff",
                        "Content-Security-Policy: default-src 'none'");
        assertThat(reading.body()).contains("<h1>404 Not Found</h1>").endsWith("</html>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none/",
                "/none/a",
                "/digits.txt/",
                "/digits.txt/a",
                "/DIGITS.TXT",
                "/digits.txt%20",
                "/a?digits.txt"
            })
    void whatIsNoFileIsNotFound(String target) throws IOException {
        assertThat(status(target)).isEqualTo(404);
    }

    @Test
    void aNameThatNoFileSystemHasIsNotFound() throws IOException {
        assertThat(status("/" + "a".repeat(256))).isEqualTo(404);
        assertThat(status("/" + "%C3%A9".repeat(128))).isEqualTo(404);
        assertThat(status("/a".repeat(3_000))).isEqualTo(404);
    }

    // folders

    @Test
    void aFolderWithoutSlashIsMovedThere() throws IOException {
        file("sub/index.html", "<p>");
        Reading reading = get("/sub?a=b");
        assertThat(reading.line()).isEqualTo("HTTP/1.1 301 Moved Permanently");
        assertThat(reading.field("Location")).isEqualTo("/sub/?a=b");
        assertThat(get("/sub/?a=b").body()).isEqualTo("<p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.com/sub",
                "///evil.com/sub",
                "//evil.com//sub",
                "/evil.com/sub",
                "http://x//evil.com/sub",
                "//evil.com/%73ub"
            })
    void noLocationLeadsToAnotherHost(String target) throws IOException {
        file("evil.com/sub/a.txt", "a");
        assertThat(get(target).field("Location")).isEqualTo("/evil.com/sub/");
    }

    @Test
    void aLocationIsEncoded() throws IOException {
        Files.createDirectory(root.resolve("a b\"<é:%"));
        Reading reading = get("/a%20b%22%3c%c3%a9:%25?x=<\">");
        assertThat(reading.field("Location")).isEqualTo("/a%20b%22%3C%C3%A9%3A%25/?x=<\">");
        assertThat(reading.body()).doesNotContain("<\">");
    }

    @Test
    void aFolderIsItsIndexHtml() throws IOException {
        file("index.html", "<p>root");
        file("sub/index.html", "<p>sub");
        assertThat(get("/").body()).isEqualTo("<p>root");
        assertThat(get("/").field("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(get("/sub/").body()).isEqualTo("<p>sub");
        assertThat(get("http://a").body()).isEqualTo("<p>root");
        assertThat(get("/", "If-None-Match: " + get("/").field("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void withoutListAFolderShowsNothing() throws IOException {
        assertThat(status("/")).isEqualTo(403);
        assertThat(get("/").body()).doesNotContain("digits.txt");
    }

    private Reading list() throws IOException {
        origin = new Origin(Site.open(root), true, new HotFiles(inFile()));
        return get("/");
    }

    @Test
    void aListingHasFoldersThenFiles() throws IOException {
        file("b/x", "");
        file("a.txt", "");
        Reading reading = list();
        assertThat(reading.status()).isEqualTo(200);
        assertThat(reading.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(reading.field("Content-Security-Policy")).isEqualTo("default-src 'none'");
        assertThat(reading.body())
                .contains("<ul>\n<li><a href=\"./b/\">b/</a></li>\n<li><a href=\"./a.txt\">a.txt</a></li>\n"
                        + "<li><a href=\"./digits.txt\">digits.txt</a></li>\n</ul>\n")
                .contains("<h1>Index of /</h1>");
        assertThat(get("/b/").body()).contains("<li><a href=\"../\">../</a></li>\n<li><a href=\"./x\">x</a></li>");
    }

    @Test
    void aListingIsEscaped() throws IOException {
        Files.createDirectory(root.resolve("<b>&"));
        file("<b>&/<script>alert('x')<", "");
        file("<b>&/\" onclick=\"x", "");
        file("<b>&/javascript:alert(1)", "");
        list();
        Reading reading = get("/%3cb%3e&/");
        assertThat(reading.body())
                .contains(">&lt;script&gt;alert(&#39;x&#39;)&lt;</a>")
                .contains("<a href=\"./%22%20onclick%3D%22x\">&quot; onclick=&quot;x</a>")
                .contains("<a href=\"./javascript%3Aalert%281%29\">")
                .contains("<title>Index of /&lt;b&gt;&amp;</title>")
                .doesNotContain("<script", "<b>");
    }

    @Test
    void whatIsListedCanBeGot() throws IOException {
        for (String name : List.of(
                "a b", "%41", "a%2fb", "c:d", "é✓😀", "a?b#c", "a+b&c=d", "'\"<>", "~", "x..", "-", "http:", "a;b",
                " ")) {
            file(name, name);
        }
        file("new\nline", "");
        file("back\\slash", "");
        file("escape\u001b[2J", "");
        file(".hidden", "");
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("none"));
        Files.createSymbolicLink(root.resolve("to-hidden"), Path.of(".hidden"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a b"));
        Files.createSymbolicLink(root.resolve("device"), Path.of("/dev/null"));
        fifo("fifo");
        Matcher hrefs = Pattern.compile("href=\"\\./([^\"]*)\"").matcher(list().body());
        List<String> statuses = new ArrayList<>();
        while (hrefs.find()) {
            statuses.add(hrefs.group(1) + " " + get("/" + hrefs.group(1)).status());
        }
        assertThat(statuses).hasSize(16).allMatch(status -> status.endsWith(" 200"));
    }

    @Test
    void aListingHasABound() throws IOException {
        Path many = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < 2_001; i++) {
            Files.createFile(many.resolve("f" + i));
        }
        list();
        Reading reading = get("/many/");
        assertThat(reading.body().split("<li>")).hasSize(1 + 1 + 2_000);
        assertThat(reading.body()).contains("more than 2000");
        assertThat(reading.field("Content-Length"))
                .isEqualTo(Integer.toString(reading.body().length()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a b, /a%20b",
                "<\">, /%3C%22%3e",
                "100%, /100%25",
                "%41, /%2541",
                "c:d, /c:d",
                "café, /caf%c3%a9",
                "✓😀, /%E2%9C%93%F0%9F%98%80",
                "a?b, /a%3Fb",
                "a#b, /a%23b",
                "a+b, /a+b",
                "x.., /x..",
                "~a, /%7ea"
            })
    void aFileMayHaveAnyName(String name, String target) throws IOException {
        file(name, name);
        Reading reading = get(target);
        assertThat(reading.status()).isEqualTo(200);
        assertThat(reading.body())
                .isEqualTo(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    // nothing leaves the root

    @ParameterizedTest
    @CsvSource({
        "/../secret.txt, 403",
        "/%2e%2e/secret.txt, 403",
        "/%2E%2E/secret.txt, 403",
        "/.%2e/secret.txt, 403",
        "/sub/../../secret.txt, 403",
        "/..%2fsecret.txt, 400",
        "/%2e%2e%2fsecret.txt, 400",
        "/..%5csecret.txt, 400",
        "/..\\secret.txt, 400",
        "/%252e%252e/secret.txt, 404",
        "/%c0%ae%c0%ae/secret.txt, 400",
        "/..%c0%afsecret.txt, 400",
        "/digits.txt%00.html, 400",
        "/%00, 400",
        "//../secret.txt, 403",
        "http://a/../secret.txt, 403",
        "/etc/passwd, 404",
        "//etc/passwd, 404",
        "/./digits.txt, 403",
        "/.hidden, 403",
        "/.git/config, 403",
        "/sub/.hidden, 403",
        "/%2ehidden, 403"
    })
    void noPathLeavesTheRootOrShowsDotFiles(String target, int expected) throws IOException {
        file(".hidden", "secret");
        file(".git/config", "secret");
        file("sub/.hidden", "secret");
        assertThat(status(target)).isEqualTo(expected);
    }

    @Test
    void aLinkIsFollowedWithinTheRoot() throws IOException {
        file("sub/a.txt", "a");
        Files.createSymbolicLink(root.resolve("link.txt"), Path.of("digits.txt"));
        Files.createSymbolicLink(root.resolve("absolute.txt"), root.resolve("digits.txt"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("sub"));
        Files.createSymbolicLink(root.resolve("sub/up.txt"), Path.of("../digits.txt"));
        assertThat(get("/link.txt").body()).isEqualTo(DIGITS);
        assertThat(get("/absolute.txt").body()).isEqualTo(DIGITS);
        assertThat(get("/folder/a.txt").body()).isEqualTo("a");
        assertThat(get("/folder/up.txt").body()).isEqualTo(DIGITS);
        assertThat(get("/folder").field("Location")).isEqualTo("/folder/");
    }

    @Test
    void aLinkThatLeavesTheRootIsForbidden() throws IOException {
        Files.createDirectory(folder.resolve("root-not"));
        Files.writeString(folder.resolve("root-not/secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("secret.txt"), Path.of("../secret.txt"));
        Files.createSymbolicLink(root.resolve("absolute.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("twice.txt"), Path.of("secret.txt"));
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("sibling"), folder.resolve("root-not"));
        for (String target : List.of(
                "/secret.txt",
                "/absolute.txt",
                "/twice.txt",
                "/up/secret.txt",
                "/up/",
                "/up",
                "/sibling/secret.txt",
                "/sibling/",
                "/sibling")) {
            assertThat(status(target)).as(target).isEqualTo(403);
        }
        assertThat(get("/up/root/digits.txt").body()).as("out, and in again").isEqualTo(DIGITS);
    }

    @Test
    void anIndexThatLeavesTheRootIsForbidden() throws IOException {
        Files.createSymbolicLink(root.resolve("index.html"), folder.resolve("secret.txt"));
        assertThat(status("/")).isEqualTo(403);
    }

    @Test
    void aLinkToADotFileIsForbidden() throws IOException {
        file(".hidden", "secret");
        file(".git/config", "secret");
        Files.createSymbolicLink(root.resolve("link"), Path.of(".hidden"));
        Files.createSymbolicLink(root.resolve("git"), Path.of(".git"));
        assertThat(status("/link")).isEqualTo(403);
        assertThat(status("/git/config")).isEqualTo(403);
    }

    @Test
    void aLinkThatLeadsNowhereOrInACircleIsAnError() throws IOException {
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("none"));
        Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
        assertThat(status("/nowhere")).isEqualTo(404);
        assertThat(status("/a")).isIn(403, 404);
    }

    private void fifo(String name) throws IOException {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve(name).toString()).start();
        try {
            assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertThat(mkfifo.exitValue()).isZero();
    }

    @Test
    void aFifoIsNotOpened() throws IOException {
        fifo("fifo");
        fifo("index.html");
        assertThat(status("/fifo")).isEqualTo(403); // to open it would block until somebody writes
        assertThat(status("/")).isEqualTo(403);
    }

    @Test
    void aDeviceIsNotOpened() throws IOException {
        Files.createSymbolicLink(root.resolve("zero"), Path.of("/dev/zero"));
        assertThat(status("/zero")).isEqualTo(403);
        Origin devices = new Origin(Site.open(Path.of("/dev")), false, new HotFiles(inFile()));
        assertThat(Reading.of(devices.answer(Decoding.get("/zero"))).status()).isEqualTo(403);
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        origin = new Origin(Site.open(link), false, new HotFiles(inFile()));
        assertThat(get("/digits.txt").body()).isEqualTo(DIGITS);
        assertThat(status("/../secret.txt")).isEqualTo(403);
    }

    @Test
    void aRootThatIsNoneIsAnError() {
        assertThatThrownBy(() -> Site.open(folder.resolve("none")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> Site.open(root.resolve("digits.txt")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void whatTheServerMayNotReadIsForbidden() throws IOException {
        Path file = file("unreadable.txt", "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        assertThat(status("/unreadable.txt")).isEqualTo(403);
    }

    /** The same without a file, for root. */
    @Test
    void whatTheFileSystemRefusesIsAnAnswer() {
        assertThat(Site.refusal(new AccessDeniedException("/srv/a")).status()).isEqualTo(Status.FORBIDDEN);
        assertThat(Site.refusal(new AccessDeniedException("/srv/a")).getMessage())
                .doesNotContain("srv");
        assertThat(Site.refusal(new FileSystemException("/srv/a", null, "Too many open files"))
                        .status())
                .isEqualTo(Status.SERVICE_UNAVAILABLE);
        RefusedException other = Site.refusal(new FileSystemException("/srv/a", null, "Input/output error"));
        assertThat(other.status()).isEqualTo(Status.INTERNAL_SERVER_ERROR);
        assertThat(other.getMessage()).doesNotContain("srv");
    }

    // validators and conditions

    @Test
    void lastModifiedIsNotInTheFuture() throws IOException {
        Path file = file("future.txt", "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(86_400)));
        for (int again = 0; again < 2; again++) {
            Reading reading = get("/future.txt");
            assertThat(HttpDate.parse(reading.field("Last-Modified")))
                    .as("RFC 9110 §8.8.2.1")
                    .isLessThanOrEqualTo(HttpDate.parse(reading.date()));
        }
    }

    @Test
    void anIndexThatIsAFolderIsNoIndex() throws IOException {
        Files.createDirectories(root.resolve("odd/index.html"));
        Reading reading = get("/odd/");
        assertThat(reading.status()).isEqualTo(403);
        assertThat(reading.body()).contains("no index.html");
    }

    /** A hot file is looked at every 100 ms: between two looks a part of it is of the same state as the rest. */
    @Test
    void aPartOfAHotFileIsOfTheFileThatItsTagNames() throws IOException {
        Path file = file("hot.txt", "A".repeat(20_000));
        String tag = get("/hot.txt").field("ETag");
        Path other = file("other.txt", "B".repeat(20_000));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        Reading part = get("/hot.txt", "Range: bytes=10000-10004", "If-Range: " + tag);
        assertThat(part.body()).isEqualTo(part.field("ETag").equals(tag) ? "AAAAA" : "B".repeat(20_000));
    }

    @Test
    void aHotFileThatBecomesALinkOrAFifoIsNotOpened() throws IOException {
        for (String name : List.of("small.txt", "large.txt")) {
            Path file = file(name, "A".repeat(name.startsWith("s") ? 100 : 100_000));
            assertThat(get("/" + name).status()).isEqualTo(200);
            Files.delete(file);
            fifo(name);
            Reading part = get("/" + name, "Range: bytes=1-4");
            assertThat(part.status()).isIn(206, 403);
            if (part.status() == 206) {
                assertThat(part.body()).isEqualTo("AAAA");
            }
        }
        Files.createDirectory(root.resolve("d"));
        file("d/secret.txt", "harmless");
        assertThat(get("/d/secret.txt").status()).isEqualTo(200);
        Files.move(root.resolve("d"), root.resolve("d0"));
        Files.createSymbolicLink(root.resolve("d"), folder);
        assertThat(get("/d/secret.txt", "Range: bytes=0-").body()).doesNotContain("secret");
    }

    @Test
    void whatTheClientHasIs304WithoutContent() throws IOException {
        String tag = tag();
        for (String field : List.of(
                "If-None-Match: " + tag,
                "If-None-Match: W/" + tag,
                "If-None-Match: \"x\", " + tag,
                "If-None-Match: *",
                "If-Modified-Since: " + MODIFIED)) {
            for (Reading reading : List.of(get("/digits.txt", field), head("/digits.txt", field))) {
                assertThat(reading.line()).isEqualTo("HTTP/1.1 304 Not Modified");
                assertThat(reading.fields())
                        .containsExactly("Last-Modified: " + MODIFIED, "ETag: " + tag, "Cache-Control: no-cache");
                assertThat(reading.body()).isEmpty();
            }
        }
    }

    @Test
    void whatIsNotWhatTheClientTakesItForIs412() throws IOException {
        for (String field : List.of(
                "If-Match: \"x\"", "If-Match: W/" + tag(), "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT")) {
            Reading reading = get("/digits.txt", field);
            assertThat(reading.line()).isEqualTo("HTTP/1.1 412 Precondition Failed");
            assertThat(reading.body()).doesNotContain(DIGITS);
        }
    }

    @Test
    void conditionsThatHoldChangeNothing() throws IOException {
        Reading plain = get("/digits.txt");
        assertThat(get("/digits.txt", "If-Match: " + tag()).fields()).isEqualTo(plain.fields());
        assertThat(get("/digits.txt", "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT")
                        .body())
                .isEqualTo(DIGITS);
    }

    @Test
    void whatIsNotThereIs404UnderAnyCondition() throws IOException {
        assertThat(get("/none", "If-Match: *").status()).isEqualTo(404);
        assertThat(get("/none", "If-None-Match: *").status()).isEqualTo(404);
        assertThat(get("/none", "Range: bytes=0-").status()).isEqualTo(404);
    }

    // ranges

    @Test
    void aRangeIs206WithItsPlace() throws IOException {
        Reading reading = get("/digits.txt", "Range: bytes=2-5");
        assertThat(reading.line()).isEqualTo("HTTP/1.1 206 Partial Content");
        assertThat(reading.fields())
                .containsExactly(
                        "Last-Modified: " + MODIFIED,
                        "ETag: " + tag(),
                        "Cache-Control: no-cache",
                        "Accept-Ranges: bytes",
                        "X-Content-Type-Options: nosniff",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Range: bytes 2-5/10",
                        "Content-Length: 4");
        assertThat(reading.body()).isEqualTo("2345");
    }

    @ParameterizedTest
    @CsvSource({
        "0-0, 0-0, 0",
        "-3, 7-9, 789",
        "8-, 8-9, 89",
        "8-100, 8-9, 89",
        "-100, 0-9, 0123456789",
        "'3-4,4-6', 3-6, 3456"
    })
    void aRangeMayBeASuffixOrOpen(String range, String place, String content) throws IOException {
        Reading reading = get("/digits.txt", "Range: bytes=" + range);
        assertThat(reading.status()).isEqualTo(206);
        assertThat(reading.field("Content-Range")).isEqualTo("bytes " + place + "/10");
        assertThat(reading.body()).isEqualTo(content);
    }

    @Test
    void severalRangesAreParts() throws IOException {
        Reading reading = get("/digits.txt", "Range: bytes=7-8,0-1,-1");
        assertThat(reading.status()).isEqualTo(206);
        assertThat(reading.field("Content-Range")).isNull();
        assertThat(reading.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
        String boundary = "\r\n--" + reading.field("Content-Type").split("boundary=")[1];
        String head = "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ";
        assertThat(reading.body())
                .isEqualTo(boundary + head + "7-8/10\r\n\r\n78" + boundary + head + "0-1/10\r\n\r\n01" + boundary + head
                        + "9-9/10\r\n\r\n9" + boundary + "--\r\n");
        assertThat(reading.field("Content-Length"))
                .isEqualTo(Integer.toString(reading.body().length()));
    }

    @Test
    void aRangeBehindTheEndIs416() throws IOException {
        for (String range : List.of("10-", "10-20", "-0", "100-200,300-")) {
            Reading reading = get("/digits.txt", "Range: bytes=" + range);
            assertThat(reading.line()).isEqualTo("HTTP/1.1 416 Range Not Satisfiable");
            assertThat(reading.field("Content-Range")).isEqualTo("bytes */10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range: bytes=5-1", "Range: bytes=a", "Range: lines=0-1", "Range: bytes=", "Range: 0-1"})
    void aRangeThatIsNoneIsIgnored(String field) throws IOException {
        Reading reading = get("/digits.txt", field);
        assertThat(reading.status()).isEqualTo(200);
        assertThat(reading.body()).isEqualTo(DIGITS);
    }

    @Test
    void tooManyRangesAreIgnored() throws IOException {
        assertThat(get("/digits.txt", "Range: bytes=0-0" + ",2-2".repeat(100)).status())
                .isEqualTo(200);
    }

    @Test
    void anEmptyFileHasNoParts() throws IOException {
        file("empty.txt", "");
        assertThat(get("/empty.txt", "Range: bytes=0-").field("Content-Range")).isEqualTo("bytes */0");
        Reading suffix = get("/empty.txt", "Range: bytes=-5");
        assertThat(suffix.status()).isEqualTo(200);
        assertThat(suffix.field("Content-Length")).isEqualTo("0");
    }

    @Test
    void ifRangeGivesTheRestOrAllOfIt() throws IOException {
        String tag = tag();
        assertThat(get("/digits.txt", "Range: bytes=5-", "If-Range: " + tag).body())
                .isEqualTo("56789");
        assertThat(get("/digits.txt", "Range: bytes=5-", "If-Range: " + MODIFIED)
                        .body())
                .isEqualTo("56789");
        for (String other : List.of("\"x\"", "W/" + tag, "Sun, 06 Nov 1994 08:49:38 GMT", "x")) {
            Reading reading = get("/digits.txt", "Range: bytes=5-", "If-Range: " + other);
            assertThat(reading.status()).as(other).isEqualTo(200);
            assertThat(reading.body()).isEqualTo(DIGITS);
        }
        assertThat(get("/digits.txt", "Range: bytes=50-", "If-Range: \"x\"").status())
                .isEqualTo(200);
    }

    @Test
    void aRangeOfALargeFileIsTakenFromTheFile() throws IOException {
        String content = DIGITS.repeat(200_000);
        file("large.txt", content);
        assertThat(get("/large.txt", "Range: bytes=1999995-").body()).isEqualTo("56789");
        assertThat(get("/large.txt", "Range: bytes=1000000-1000004,3-4").body())
                .contains("\r\n\r\n01234\r\n", "\r\n\r\n34\r\n");
    }

    // connections

    @Test
    void aConnectionThatEndsOrStaysAgainstTheCustomIsSaid() throws IOException {
        Answer answer = origin.answer(Decoding.get("/digits.txt"));
        assertThat(Reading.of(answer, false, true).field("Connection")).isNull();
        assertThat(Reading.of(answer, true, true).field("Connection")).isEqualTo("close");
        assertThat(Reading.of(answer, false, false).field("Connection")).isEqualTo("keep-alive");
        assertThat(Reading.of(answer, true, false).field("Connection")).isEqualTo("close");
        assertThat(Reading.of(answer, true, false).line()).startsWith("HTTP/1.1 ");
    }

    @Test
    void aRefusalIsAPageThatSaysWhy() throws IOException {
        for (Status status : Status.values()) {
            if (status.code() >= 400) {
                Reading reading = Reading.of(Origin.error(new RefusedException(status, "this is <why>")));
                assertThat(reading.line()).isEqualTo("HTTP/1.1 " + status);
                assertThat(reading.body()).contains("<h1>" + status + "</h1>\n<p>This is &lt;why&gt;.</p>");
                assertThat(reading.field("Content-Length"))
                        .isEqualTo(Integer.toString(reading.body().length()));
                assertThat(reading.field("Allow")).isEqualTo(status.code() == 405 ? "GET, HEAD" : null);
                assertThat(reading.field("Retry-After")).isEqualTo(status.code() == 503 ? "1" : null);
            }
        }
    }

    @Test
    void whoIsOneTooManyGetsAWholeAnswer() {
        String refusal = new String(WebServer.refusal(1), StandardCharsets.UTF_8);
        String body = refusal.substring(refusal.indexOf("\r\n\r\n") + 4);
        assertThat(refusal)
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("\r\nContent-Length: " + body.length() + "\r\n", "\r\nConnection: close\r\n");
        assertThat(body).contains("1 client").doesNotContain("1 clients");
    }

    @Test
    void aFileThatIsReplacedByALinkIsNotFollowed() throws IOException, RefusedException {
        Site site = Site.open(root);
        byte[] bytes = Decoding.bytes("/digits.txt");
        Site.Found.File found = (Site.Found.File) site.find(Target.parse(bytes, 0, bytes.length));
        Files.delete(root.resolve("digits.txt"));
        Files.createSymbolicLink(root.resolve("digits.txt"), folder.resolve("secret.txt"));
        assertThat(Files.isRegularFile(root.resolve("digits.txt"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThatThrownBy(() -> site.open(found.resource())).isInstanceOf(RefusedException.class);
    }
}
