package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §8.3. */
class MediaTypesTest {
    private final MediaTypes types = new MediaTypes();

    @ParameterizedTest
    @CsvSource({
        "index.html, text/html; charset=utf-8",
        "INDEX.HTM, text/html; charset=utf-8",
        "a.txt, text/plain; charset=utf-8",
        "style.css, text/css; charset=utf-8",
        "a.csv, text/csv; charset=utf-8",
        "app.js, text/javascript; charset=utf-8",
        "app.mjs, text/javascript; charset=utf-8",
        "readme.md, text/markdown; charset=utf-8",
        "lab.py, text/x-python; charset=utf-8",
        "a.json, application/json",
        "app.js.map, application/json",
        "a.xml, application/xml",
        "a.wasm, application/wasm",
        "a.pdf, application/pdf",
        "a.zip, application/zip",
        "a.tar.gz, application/gzip",
        "a.png, image/png",
        "a.jpg, image/jpeg",
        "a.JPEG, image/jpeg",
        "a.gif, image/gif",
        "a.webp, image/webp",
        "a.avif, image/avif",
        "a.svg, image/svg+xml",
        "favicon.ico, image/x-icon",
        "a.mp3, audio/mpeg",
        "a.mp4, video/mp4",
        "a.webm, video/webm",
        "a.woff2, font/woff2",
        "a.ttf, font/ttf",
        "out.pcap, application/vnd.tcpdump.pcap",
        "out.pcapng, application/x-pcapng",
        "a.webmanifest, application/manifest+json"
    })
    void theEndingOfANameTellsItsType(String name, String expected) {
        assertThat(types.of(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"README", "html", "a.", "a.b.unheard-of", "a.html~", "caf\u00e9", "''"})
    void whatIsNotKnownIsBytes(String name) {
        assertThat(types.of(name)).isEqualTo("application/octet-stream");
    }

    @Test
    void noLanguageChangesTheCaseOfAnEnding() {
        assertThat(types.of("A.GIF")).isEqualTo("image/gif"); // a Turkish I has no dot
    }
}
