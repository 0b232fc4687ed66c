package netlabs.capture.flow;

import java.util.Arrays;

/** One line of a terminal as columns, each with a character and a style. What is put beside the paper is lost. */
final class Line {
    static final byte PLAIN = 0;
    static final byte BOLD = 1;
    static final byte FAINT = 2;
    static final byte RED = 3;
    static final byte GREEN = 4;
    static final byte YELLOW = 5;
    static final byte BLUE = 6;
    static final byte MAGENTA = 7;
    static final byte CYAN = 8;

    /** Of each style, in the colours that a terminal's theme has made readable (ECMA-48 §8.3.117, SGR). */
    private static final String[] SEQUENCES = {
        "\033[0m",
        "\033[0;1m",
        "\033[0;2m",
        "\033[0;1;31m",
        "\033[0;32m",
        "\033[0;33m",
        "\033[0;34m",
        "\033[0;35m",
        "\033[0;36m"
    };

    /** The right half of a character that takes two columns. */
    private static final int COVERED = 0;

    private final int[] characters;
    private final byte[] styles;

    Line(int width) {
        characters = new int[width];
        styles = new byte[width];
        clear(0, width);
    }

    void clear(int from, int to) {
        Arrays.fill(characters, Math.max(0, from), to, ' ');
        Arrays.fill(styles, Math.max(0, from), to, PLAIN);
    }

    /**
     * @param text of plain characters, see {@link Cells#isPlain}
     */
    void put(int column, String text, byte style) {
        int at = column;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int cells = Cells.width(character);
            if (at >= 0 && at + cells <= characters.length) {
                putOne(at, character, style);
                if (cells == 2) {
                    putOne(at + 1, COVERED, style);
                }
            }
            at += cells;
            i += Character.charCount(character);
        }
    }

    /** Puts {@code text} so that it ends before {@code column}. */
    void putBefore(int column, String text, byte style) {
        put(column - Cells.width(text), text, style);
    }

    private void putOne(int column, int character, byte style) {
        if (characters[column] == COVERED && character != COVERED) {
            characters[column - 1] = ' '; // half a character is none
        }
        if (column + 1 < characters.length && characters[column + 1] == COVERED) {
            characters[column + 1] = ' ';
        }
        characters[column] = character;
        styles[column] = style;
    }

    /** Writes the line without blanks at its end, and begins an empty one. */
    void end(StringBuilder out, boolean colours) {
        int end = characters.length;
        while (end > 0 && characters[end - 1] == ' ') {
            end--;
        }
        byte style = PLAIN;
        for (int i = 0; i < end; i++) {
            if (characters[i] == COVERED) {
                continue;
            }
            if (colours && styles[i] != style) {
                style = styles[i];
                out.append(SEQUENCES[style]);
            }
            out.appendCodePoint(characters[i]);
        }
        if (style != PLAIN) {
            out.append(SEQUENCES[PLAIN]);
        }
        out.append('\n');
        clear(0, characters.length);
    }
}
