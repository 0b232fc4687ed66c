package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NginxConfigurationTest {
    @TempDir
    private Path folder;

    private NginxConfiguration configuration(boolean cached) {
        return new NginxConfiguration(folder.resolve("nginx"), folder.resolve("root"), cached);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }

    @Test
    void bothAreTheSameButForTheWayAFileIsSent() {
        List<String> plain = lines(configuration(false).text());
        List<String> cached = lines(configuration(true).text());
        assertThat(plain)
                .contains(
                        "worker_processes 1;",
                        "worker_connections 4096;",
                        "access_log off;",
                        "keepalive_requests 1000000000;",
                        "keepalive_timeout 1h;",
                        "root \"" + folder.resolve("root") + "\";",
                        "sendfile on;")
                .noneMatch(line -> line.contains("open_file_cache") || line.startsWith("tcp_"));
        assertThat(cached).contains("sendfile off;", "open_file_cache max=1000 inactive=1h;");
        List<String> more =
                cached.stream().filter(line -> !plain.contains(line)).toList();
        assertThat(more).hasSize(4);
        assertThat(cached).hasSize(plain.size() + 3);
    }

    /** Nothing of it lies in the folders that nginx was built for. */
    @Test
    void everyPathIsInItsFolder() {
        assertThat(lines(configuration(false).text()))
                .filteredOn(line -> line.contains("/"))
                .allMatch(line -> line.contains(folder.toString()) || line.contains("application/octet-stream"));
    }

    /** Its worker is a process of its own, which is counted. */
    @Test
    void nginxStartsByItOnAFreePort() throws Exception {
        Peers.require("nginx");
        Path root = Files.createDirectory(folder.resolve("root"));
        HttpFile file = new HttpFile(Files.writeString(root.resolve("5B.bin"), "hello"), 5);
        for (boolean cached : new boolean[] {false, true}) {
            Contestant nginx = Contestant.peer("nginx", configuration(cached).write());
            try (ServerProcess server = ServerProcess.start(nginx)) {
                assertThat(new HttpCheck(server.port(), file).answerBytes()).isBetween(100L, 1000L);
                long master = residentKib(server.pid());
                assertThat(server.usage().residentKib()).isGreaterThan(master + 500);
                assertThat(server.usage().peakKib())
                        .isGreaterThanOrEqualTo(server.usage().residentKib());
                assertThat(server.usage().cpu().isNegative()).isFalse();
            }
        }
    }

    private static long residentKib(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
