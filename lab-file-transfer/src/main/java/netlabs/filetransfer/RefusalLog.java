package netlabs.filetransfer;

import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * What the server says of the files of one client that it does not take: a line each, but a client must
 * not be able to flood the terminal. With {@code --once} the last is what the server fails of, and is
 * printed when it ends.
 */
final class RefusalLog {
    private static final int MAX_LINES = 20;

    private final String client;
    private final boolean once;
    private final Diagnostics diagnostics;
    private int refused;
    private LabException last;

    /**
     * @param client begins each line: {@code client ('127.0.0.1', 5)}
     * @param once whether a refusal is the server's failure
     */
    RefusalLog(String client, boolean once, Diagnostics diagnostics) {
        this.client = client;
        this.once = once;
        this.diagnostics = diagnostics;
    }

    /** {@code offer} is refused because of {@code why}. */
    void refused(Offer offer, RefusedException why) {
        if (once) {
            printLast();
        }
        last = new LabException(client + ": " + offer.name() + " refused: " + why.getMessage(), why);
        refused++;
        if (!once) {
            printLast();
        }
    }

    /**
     * No more files come.
     *
     * @throws LabException with {@code --once}, if one was refused
     */
    void end() {
        if (refused > MAX_LINES) {
            diagnostics.error(client + ": " + refused + " files refused in all");
        }
        if (once && last != null) {
            throw last;
        }
    }

    private void printLast() {
        if (last != null && refused <= MAX_LINES) {
            diagnostics.error(last.getMessage(), last);
        }
    }
}
