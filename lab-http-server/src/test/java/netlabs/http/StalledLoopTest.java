package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Transcript;
import netlabs.common.net.ServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop stands still for longer than a request may take, because nobody reads what it prints (Ctrl-S). */
@Timeout(20)
class StalledLoopTest {
    private static final int REQUEST_MILLIS = 300;

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @TempDir
    private Path root;

    private final class Terminal extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            if (new String(b, off, len, StandardCharsets.UTF_8).contains("stall")) {
                stalled.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void aRequestThatCameInTimeIsAnsweredThoughTheLoopWasLate() throws Exception {
        Files.writeString(root.resolve("a.txt"), "A");
        Console console = new Console(
                InputStream.nullInputStream(),
                new Transcript(new Terminal()),
                new Diagnostics(new PrintStream(OutputStream.nullOutputStream())));
        ServerOptions where = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (WebServer server = new WebServer(new WebOptions(where, null, 1, false, REQUEST_MILLIS), root, console)) {
            server.start();
            try (HttpPeer victim = new HttpPeer(server.address());
                    HttpPeer other = new HttpPeer(server.address())) {
                assertThat(victim.get("/a.txt").reply().text()).isEqualTo("A");
                victim.send("GET /a.txt HTTP/1.1\r\n");
                assertThat(other.get("/a.txt").reply().text()).isEqualTo("A"); // a turn later: it has been read
                other.get("/stall");
                stalled.await();
                victim.send("Host: a\r\n\r\n");
                assertThat(goOn.await(2 * REQUEST_MILLIS, TimeUnit.MILLISECONDS))
                        .as("nobody goes on meanwhile")
                        .isFalse();
                goOn.countDown();
                assertThat(victim.reply().text()).isEqualTo("A");
                assertThat(victim.get("/a.txt").reply().status()).isEqualTo(200);
            } finally {
                goOn.countDown();
            }
        }
    }
}
