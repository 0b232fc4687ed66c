package netlabs.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Transcript;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop stands still for longer than a time limit, because nobody reads what it prints (Ctrl-S). */
@Timeout(20)
class StalledLoopTest {
    private static final int QUIET_MILLIS = 300;

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final StringBuffer printed = new StringBuffer();

    private final class Terminal extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            String line = new String(b, off, len, StandardCharsets.UTF_8);
            printed.append(line);
            if (line.contains("stall")) {
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
    void bytesThatCameInTimeAreNotCutOffBecauseTheLoopWasLate() throws Exception {
        Console console = new Console(
                InputStream.nullInputStream(),
                new Transcript(new Terminal()),
                new Diagnostics(new PrintStream(OutputStream.nullOutputStream())));
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (SelectorServer server = new SelectorServer(
                new SelectorServer.Options(options, new MessageOptions(Framing.AUTO, QUIET_MILLIS), 1, false),
                console)) {
            server.start();
            try (Wire victim = Wire.connect(server.address());
                    Wire other = Wire.connect(server.address())) {
                other.send("first\n").expect("first\n");
                victim.send("HEL");
                other.send("second\n").expect("second\n"); // a turn later: HEL has been read
                other.send("stall\n");
                stalled.await();
                victim.send("LO\n");
                assertThat(goOn.await(2 * QUIET_MILLIS, TimeUnit.MILLISECONDS))
                        .as("nobody goes on meanwhile")
                        .isFalse();
                goOn.countDown();
                victim.expect("HELLO\n");
                assertThat(printed.toString()).contains(": HELLO\n");
            } finally {
                goOn.countDown();
            }
        }
    }
}
