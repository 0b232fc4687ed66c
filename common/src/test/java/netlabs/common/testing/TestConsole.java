package netlabs.common.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Transcript;

/** A console in memory: what is typed is given, what is printed is kept and can be waited for. */
public final class TestConsole {
    private final Recorder out = new Recorder();
    private final Recorder err = new Recorder();
    private final Console console;

    /** Nothing is typed. */
    public TestConsole() {
        this("");
    }

    /** {@code typed} is what the keyboard holds. */
    public TestConsole(String typed) {
        console = new Console(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new Transcript(out),
                new Diagnostics(new PrintStream(err)));
    }

    /** The console to give to the code under test. */
    public Console console() {
        return console;
    }

    /** The transcript so far. */
    public String out() {
        return out.text();
    }

    /** The diagnostics so far. */
    public String err() {
        return err.text();
    }

    /** Waits until the transcript contains {@code text}. */
    public void awaitOut(String text) throws InterruptedException {
        out.await(text);
    }

    /** Waits until the diagnostics contain {@code text}. */
    public void awaitErr(String text) throws InterruptedException {
        err.await(text);
    }

    private static final class Recorder extends OutputStream {
        private static final Duration TIMEOUT = Duration.ofSeconds(10);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
            notifyAll();
        }

        @Override
        public synchronized void write(byte[] b, int offset, int length) {
            bytes.write(b, offset, length);
            notifyAll();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        synchronized void await(String text) throws InterruptedException {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!text().contains(text)) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError("no '" + text + "' in\n" + text());
                }
                wait(millis);
            }
        }
    }
}
