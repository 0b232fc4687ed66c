package netlabs.common.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the user is told on standard error: one line each, no stack trace unless {@code --verbose}
 * asked for it. A failing standard error is ignored; there is nobody left to tell.
 */
public final class Diagnostics {
    private final PrintStream err;
    private volatile boolean verbose;

    /**
     * @param err standard error, or what stands in for it
     */
    public Diagnostics(PrintStream err) {
        this.err = err;
    }

    /** From now on every error is followed by its stack trace. */
    public void setVerbose() {
        verbose = true;
    }

    /** Prints {@code ready: listening on <address>}: the line that graders wait for. */
    public void ready(String address) {
        print("ready: listening on " + address);
    }

    /** Prints {@code error: <what>}. */
    public void error(String what) {
        print("error: " + what);
    }

    /** Prints {@code error: <what>} and, with {@code --verbose}, the stack trace of {@code cause}. */
    public void error(String what, Throwable cause) {
        error(what);
        if (verbose) {
            synchronized (this) {
                cause.printStackTrace(err);
            }
        }
    }

    /** Prints {@code warning: <what>}. */
    public void warning(String what) {
        print("warning: " + what);
    }

    private synchronized void print(String line) {
        byte[] bytes = (Printable.escape(line) + "\n").getBytes(StandardCharsets.UTF_8);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
