package netlabs.common.testing;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Transcript;

/** A console whose terminal takes no more once a line with {@code stall} in it is printed (Ctrl-S), until it goes on. */
public final class StallingTerminal {
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

    /** The console to give to the code under test. */
    public Console console() {
        return new Console(
                InputStream.nullInputStream(),
                new Transcript(new Terminal()),
                new Diagnostics(new PrintStream(OutputStream.nullOutputStream())));
    }

    /** Waits until somebody is held up by it. */
    public void awaitStalled() throws InterruptedException {
        stalled.await();
    }

    /** Holds whoever prints up for {@code millis} more, then lets it go on. */
    public void goOnAfter(int millis) throws InterruptedException {
        if (goOn.await(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("somebody let it go on meanwhile");
        }
        goOn();
    }

    /** Takes everything again. */
    public void goOn() {
        goOn.countDown();
    }

    /** What was printed until now. */
    public String printed() {
        return printed.toString();
    }
}
