package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.StallingTerminal;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop stands still for longer than a request may take, because nobody reads what it prints (Ctrl-S). */
@Timeout(20)
class StalledLoopTest {
    private static final int REQUEST_MILLIS = 300;

    private final StallingTerminal terminal = new StallingTerminal();

    @TempDir
    private Path root;

    /** The second is more than one read takes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void aRequestThatCameInTimeIsAnsweredThoughTheLoopWasLate(int body) throws Exception {
        Files.writeString(root.resolve("a.txt"), "A");
        ServerOptions where = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (WebServer server =
                new WebServer(new WebOptions(where, null, 1, false, REQUEST_MILLIS), root, terminal.console())) {
            server.start();
            try (HttpPeer victim = new HttpPeer(server.address());
                    HttpPeer other = new HttpPeer(server.address())) {
                assertThat(victim.get("/a.txt").reply().text()).isEqualTo("A");
                victim.send("GET /a.txt HTTP/1.1\r\n");
                assertThat(other.get("/a.txt").reply().text()).isEqualTo("A"); // a turn later: it has been read
                other.get("/stall");
                terminal.awaitStalled();
                victim.send("Host: a\r\nContent-Length: " + body + "\r\n\r\n" + "x".repeat(body));
                terminal.goOnAfter(2 * REQUEST_MILLIS);
                assertThat(victim.reply().text()).isEqualTo("A");
                assertThat(victim.get("/a.txt").reply().status()).isEqualTo(200);
            } finally {
                terminal.goOn();
            }
        }
    }
}
