package netlabs.capture.flow;

import netlabs.common.console.Printable;

/**
 * How many columns of a terminal a character takes. What takes none, or what terminals disagree about, is
 * written as an escape, so that a column counted is a column shown.
 */
final class Cells {
    /**
     * First and last code point of the ranges that take two columns: East Asian Wide and Fullwidth (Unicode Standard
     * Annex #11), and whole blocks where there are emoji among others.
     */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653,
        0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce,
        0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705,
        0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e, 0x3041, 0xa4cf,
        0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6,
        0x16fe0, 0x18dff, 0x1aff0, 0x1b2ff, 0x1d300, 0x1d37f, 0x1f000, 0x1faff, 0x20000, 0x3fffd
    };

    private Cells() {}

    /**
     * @return 1 or 2, for a character that {@link #isPlain} takes
     */
    static int width(int character) {
        if (character < WIDE[0]) {
            return 1;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (character >= WIDE[i] && character <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            width += width(character);
            i += Character.charCount(character);
        }
        return width;
    }

    /** Whether a character may be shown as itself: it steers nothing, and takes one column or two. */
    static boolean isPlain(int character, boolean ascii) {
        if (character < 0x7f) {
            return character >= ' ';
        }
        if (ascii || character >= 0x1160 && character <= 0x11ff || character == 0xfffd) {
            return false; // the vowels of Hangul join the letter before; U+FFFD would hide what was sent
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> isLeftToRight(character);
        };
    }

    /** A terminal turns a line with letters of the other direction around, arrow and all. */
    private static boolean isLeftToRight(int character) {
        byte direction = Character.getDirectionality(character);
        return direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                && direction != Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    /** Adds {@code character}, as itself or as Python would write it: {@code \n}, {@code \x1b}, {@code \u202e}. */
    static void append(StringBuilder text, int character, boolean ascii) {
        if (isPlain(character, ascii)) {
            text.appendCodePoint(character);
        } else if (character < 0xa0) {
            text.append(Printable.escape(String.valueOf((char) character)));
        } else {
            String hex = Integer.toHexString(character);
            text.append(character < 0x10000 ? "\\u" : "\\U")
                    .append("0".repeat((character < 0x10000 ? 4 : 8) - hex.length()))
                    .append(hex);
        }
    }

    /**
     * @return {@code text} with every character that is not plain as an escape
     */
    static String plain(String text, boolean ascii) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            append(plain, character, ascii);
            i += Character.charCount(character);
        }
        return plain.toString();
    }

    /**
     * @return the beginning of {@code text}, at most {@code cells} columns, with {@code end} behind it if it was cut
     */
    static String cut(String text, int cells, String end) {
        if (width(text) <= cells) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int left = cells - end.length();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            left -= width(character);
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return cells < end.length() ? "" : cut.append(end).toString();
    }
}
