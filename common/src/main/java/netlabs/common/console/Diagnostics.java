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
    private String shownStatus = "";

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

    /** Prints {@code ready: <what>}, of a program that does not listen. */
    public void readyTo(String what) {
        print("ready: " + what);
    }

    /** Prints {@code what} as it is: the result of a program whose standard output is for something else. */
    public void line(String what) {
        print(what);
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

    /** Prints {@code note: <what>}. */
    public void note(String what) {
        print("note: " + what);
    }

    /** Prints {@code warning: <what>}. */
    public void warning(String what) {
        print("warning: " + what);
    }

    /**
     * Shows {@code text} in the terminal's last line until the next line or status takes its place. For a
     * terminal only.
     */
    public synchronized void status(String text) {
        write((shownStatus.isEmpty() ? "" : erased(shownStatus)) + text);
        shownStatus = text;
    }

    private static String erased(String status) {
        return "\r" + " ".repeat(status.length()) + "\r";
    }

    private synchronized void print(String line) {
        String shown = shownStatus;
        status("");
        write(Printable.escape(line) + "\n");
        status(shown);
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
