package netlabs.http;

import static netlabs.http.ServerProcess.WWW;
import static netlabs.http.ServerProcess.assertEnds;
import static netlabs.http.ServerProcess.randomFile;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wget} as the client. */
@Timeout(120)
class WgetIT {
    private static final int SIZE = 5_000_001;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void wgetIsThere() throws IOException {
        Peers.require("wget");
        root = Files.createDirectory(folder.resolve("root"));
    }

    private void wget(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--no-config", "--tries=1", "--timeout=20", "-nv"));
        all.addAll(List.of(arguments));
        try (RunningProgram wget = Peers.start(folder, "wget", all.toArray(new String[0]))) {
            assertEnds(wget, 0);
        }
    }

    private static List<String> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Every file of the site is linked, so that a mirror is the whole folder. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aMirrorIsTheSite(String model) throws Exception {
        Path mirror = folder.resolve("mirror");
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            wget("--mirror", "--no-host-directories", "-e", "robots=off", "-P", "mirror", server.url("/"));
        }
        assertThat(filesOf(mirror)).isEqualTo(filesOf(WWW)).hasSizeGreaterThan(8);
        for (String file : filesOf(WWW)) {
            assertThat(mirror.resolve(file)).hasSameBinaryContentAs(WWW.resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aDownloadIsContinued(String model) throws Exception {
        Path file = randomFile(root, "big.bin", SIZE);
        Files.write(folder.resolve("big.bin"), Arrays.copyOf(Files.readAllBytes(file), 2_000_000));
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            wget("-c", server.url("/big.bin"));
            server.awaitLogged("\"GET /big.bin HTTP/1.1\" 206 3000001\n");
            assertThat(folder.resolve("big.bin")).hasSameBinaryContentAs(file);
            wget("-c", server.url("/big.bin"));
            server.awaitLogged("\"GET /big.bin HTTP/1.1\" 416 ");
        }
        assertThat(folder.resolve("big.bin")).hasSameBinaryContentAs(file);
    }

    /** {@code -N} takes the file's time from Last-Modified, and asks with it the next time. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aFileThatIsTheSameIsNotSentAgain(String model) throws Exception {
        randomFile(root, "one.bin", 1000);
        try (ServerProcess server = ServerProcess.start(folder, root, model)) {
            wget("-N", server.url("/one.bin"));
            server.awaitLogged("\"GET /one.bin HTTP/1.1\" 200 1000\n");
            assertThat(Files.getLastModifiedTime(folder.resolve("one.bin")).toInstant())
                    .isEqualTo(ServerProcess.THEN);
            wget("-N", server.url("/one.bin"));
            server.awaitLogged("\"GET /one.bin HTTP/1.1\" 304 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSpiderAsksForTheHead(String model) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, WWW, model)) {
            wget("--spider", server.url("/hello.html"));
            server.awaitLogged("\"HEAD /hello.html HTTP/1.1\" 200 ");
        }
    }
}
