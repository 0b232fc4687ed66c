package netlabs.http;

import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real browser without a window: what it made of the pages is their DOM when everything has loaded. */
@Timeout(180)
class ChromiumIT {
    @TempDir
    private Path folder;

    private RunningProgram chromium(String url) throws IOException {
        return Peers.start(
                folder,
                "chromium",
                "--no-sandbox",
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--v=0",
                "--virtual-time-budget=10000",
                "--dump-dom",
                url);
    }

    private static List<String> console(RunningProgram chromium) {
        return chromium.error().lines().filter(line -> line.contains("CONSOLE")).toList();
    }

    /** The script has written down that it ran, how large the picture is, and what the stylesheet did. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "pool", "selector"})
    void thePageWithAllThatBelongsToIt(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram chromium = chromium(server.url("/"))) {
            assertEnds(chromium, 0);
            assertThat(chromium.output())
                    .contains(
                            "<title>netlabs</title>",
                            "<td id=\"status\">script ran</td>",
                            "<td id=\"image\">320 x 200</td>",
                            "<td id=\"style\">rgb(29, 42, 53)</td>");
            assertThat(console(chromium)).isEmpty();
            for (String path : List.of("/", "/style.css", "/script.js", "/handshake.png")) {
                server.awaitLogged("\"GET " + path + " HTTP/1.1\" 200 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aFolderIsFoundWithoutItsSlash(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram chromium = chromium(server.url("/docs"))) {
            assertEnds(chromium, 0);
            assertThat(chromium.output()).contains("<title>netlabs: the index of a folder</title>");
            assertThat(console(chromium)).isEmpty();
            server.awaitLogged("\"GET /docs HTTP/1.1\" 301 ");
            server.awaitLogged("\"GET /docs/request.svg HTTP/1.1\" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aPageThatIsMissing(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model);
                RunningProgram chromium = chromium(server.url("/missing.html"))) {
            assertEnds(chromium, 0);
            assertThat(chromium.output()).contains("<h1>404 Not Found</h1>");
        }
    }

    /** The second visit asks whether anything has changed, with what the first one was told. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSecondVisit(String model) throws Exception {
        // What is old a browser may take for fresh without asking (RFC 9111 §4.2.2), but for Cache-Control.
        Path root = Files.createDirectory(folder.resolve("root"));
        for (String name : List.of("index.html", "style.css", "script.js", "handshake.png")) {
            Path copy = Files.copy(WWW.resolve(name), root.resolve(name));
            Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            for (int visit = 0; visit < 2; visit++) {
                try (RunningProgram chromium = chromium(server.url("/"))) {
                    assertEnds(chromium, 0);
                    assertThat(chromium.output())
                            .contains("<td id=\"status\">script ran</td>", "<td id=\"image\">320 x 200</td>");
                }
            }
            server.awaitLogged("\"GET / HTTP/1.1\" 304 -\n");
        }
    }
}
