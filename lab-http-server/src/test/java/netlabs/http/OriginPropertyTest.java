package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is asked for, there is an answer, and it is of nothing outside the folder. */
class OriginPropertyTest {
    private static final Set<Integer> STATUSES = Set.of(200, 206, 301, 304, 400, 403, 404, 405, 412, 416, 501);

    private static Path folder;
    private static Origin origin;

    @BeforeContainer
    static void create() throws IOException {
        folder = Files.createTempDirectory("netlabs-origin");
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(folder.resolve("a"), "secret");
        Files.writeString(root.resolve("a"), "public");
        Files.createDirectories(root.resolve("sub/sub"));
        Files.writeString(root.resolve("sub/a"), "public");
        Files.writeString(root.resolve(".a"), "secret");
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("sub/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("sub/link"), Path.of("../../a"));
        Files.createSymbolicLink(root.resolve("sub/dot"), Path.of("../.a"));
        origin = new Origin(Site.open(root), true, new HotFiles(false));
    }

    @AfterContainer
    static void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.of(
                        "/",
                        "/",
                        "/",
                        "a",
                        "sub",
                        "up",
                        "root",
                        "link",
                        "dot",
                        ".a",
                        "..",
                        ".",
                        "%2e%2e",
                        "%2f",
                        "%5c",
                        "\\",
                        "%00",
                        "%c0%af",
                        "%252e",
                        "?",
                        "%",
                        "%0d%0a",
                        "tmp",
                        "etc/passwd",
                        "~",
                        ";")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(words -> "/" + String.join("", words));
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(
                "Range: bytes=0-1",
                "Range: bytes=-1,0-0",
                "Range: bytes=9-",
                "If-Range: \"a\"",
                "If-None-Match: *",
                "If-Match: \"a\"",
                "If-Match: *",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Property
    void everyRequestHasAnAnswerAndNoneIsOfOutside(
            @ForAll("targets") String target,
            @ForAll("methods") String method,
            @ForAll @Size(max = 3) List<@From("fields") String> fields)
            throws IOException {
        Reading reading = Reading.of(origin.answer(Decoding.request(method, target, fields.toArray(new String[0]))));
        assertThat(reading.status()).isIn(STATUSES);
        assertThat(reading.date()).isNotNull();
        assertThat(reading.body()).doesNotContain("secret", "root:");
        if (method.equals("HEAD") || reading.status() == 304) {
            assertThat(reading.body()).isEmpty();
        } else {
            assertThat(reading.field("Content-Length"))
                    .isEqualTo(Integer.toString(reading.body().length()));
        }
        if (reading.status() == 301) {
            assertThat(reading.field("Location")).matches("/[^/\\\\].*");
        }
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "GET", "GET", "HEAD", "POST", "BREW");
    }
}
