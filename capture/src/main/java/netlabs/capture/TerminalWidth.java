package netlabs.capture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import netlabs.common.console.Console;
import netlabs.common.console.Terminals;

/** How wide the terminal is. Java cannot ask; shells keep {@code COLUMNS} to themselves; stty(1) is everywhere but on Windows. */
final class TerminalWidth {
    private static final int LONGEST_ANSWER = 64;

    private TerminalWidth() {}

    /**
     * @return the variable {@code COLUMNS}, else what the terminal says, else {@code usual}
     */
    static int columns(Console console, int usual) {
        String variable = System.getenv("COLUMNS");
        if (variable != null) {
            return positive(variable, usual);
        }
        return Terminals.isInteractive(console) ? ofTerminal(usual) : usual;
    }

    private static int ofTerminal(int usual) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            byte[] answer = stty.getInputStream().readNBytes(LONGEST_ANSWER);
            String size = new String(answer, StandardCharsets.US_ASCII).strip(); // rows, a blank, columns
            return positive(size.substring(size.lastIndexOf(' ') + 1), usual);
        } catch (IOException e) {
            return usual; // no stty here
        }
    }

    /** A pseudo-terminal that nobody gave a size has 0 columns. */
    private static int positive(String text, int usual) {
        try {
            int columns = Integer.parseInt(text);
            return columns > 0 ? columns : usual;
        } catch (NumberFormatException e) {
            return usual; // not the user's option, so no error
        }
    }
}
