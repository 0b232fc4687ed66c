package netlabs.common.cli;

/** What a program tells the shell (LABS.md §0). */
public final class ExitStatus {
    /** The exercise was done. */
    public static final int DONE = 0;

    /** The exercise failed: refused, timed out, damaged, ... */
    public static final int FAILED = 1;

    /** The command line was wrong. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
