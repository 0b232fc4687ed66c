package netlabs.common.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import netlabs.common.LabException;

/**
 * The lines of an exercise on standard output (LABS.md §0). Each is UTF-8, made {@link Printable},
 * and handed to the system in one write, so that a pipe or a file has it at once and lines of
 * several threads never mix.
 */
public final class Transcript {
    private final OutputStream out;

    /**
     * @param out takes each line in one write; should not buffer
     */
    public Transcript(OutputStream out) {
        this.out = out;
    }

    /**
     * Prints one line.
     *
     * @throws LabException if standard output is closed or full: a transcript with holes is no
     *     transcript
     */
    public void line(String text) {
        write(Printable.escape(text) + "\n");
    }

    /** Prints a prompt: no newline follows. Throws as {@link #line} does. */
    public void prompt(String text) {
        write(text);
    }

    /**
     * Prints {@code text}, which may have many lines, unescaped: the program's own help or report.
     */
    public void print(String text) {
        write(text);
    }

    /**
     * @return standard output itself, for bytes that are no text
     */
    public OutputStream stream() {
        return out;
    }

    private synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new LabException("cannot write to standard output: " + e.getMessage(), e);
        }
    }
}
