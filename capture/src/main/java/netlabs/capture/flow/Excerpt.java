package netlabs.capture.flow;

/**
 * The beginning of a payload in quotes, as Python would write it: {@code 'HELLO\n'}. Bytes that are no UTF-8 are
 * {@code \xff}; what does not fit is left out and said to be: {@code 'GET /index.ht…'}.
 */
public final class Excerpt {
    /** More is never shown of one packet, however wide the paper is. */
    static final int MAX_BYTES = 256;

    private Excerpt() {}

    /**
     * @param bytes what the capture has of the payload
     * @param length how many bytes it had when it was sent
     * @param cells how many columns there are, at least 3 for anything to come out
     * @param ascii whether other characters are escaped too
     * @return of at most {@code cells} columns; empty without payload
     */
    public static String of(byte[] bytes, int length, int cells, boolean ascii) {
        String more = ascii ? "..." : "…";
        if (length <= 0 || cells < more.length() + 2) {
            return "";
        }
        int room = cells - 2; // between the quotes
        StringBuilder text = new StringBuilder();
        int width = 0;
        int fitting = 0; // characters of the text that leave room for the mark
        StringBuilder one = new StringBuilder();
        int end = Math.min(bytes.length, MAX_BYTES);
        int position = 0;
        while (position < end) {
            int character = characterAt(bytes, position);
            one.setLength(0);
            if (character < 0) {
                appendByte(one, bytes[position]);
                position++;
            } else {
                Cells.append(one, character, ascii);
                position += utf8Length(character);
            }
            width += Cells.width(one.toString());
            if (width > room) {
                return quoted(text.substring(0, fitting) + more);
            }
            text.append(one);
            if (width + more.length() <= room) {
                fitting = text.length();
            }
        }
        return quoted(position < length ? text.substring(0, fitting) + more : text.toString());
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        return quote + text + quote;
    }

    /**
     * @return the character whose UTF-8 form (RFC 3629 §4) stands at {@code i}; -1 if none does
     */
    private static int characterAt(byte[] bytes, int i) {
        int first = bytes[i] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || i + length > bytes.length) {
            return -1;
        }
        int character = first & 0xff >> length + 1;
        for (int k = 1; k < length; k++) {
            int next = bytes[i + k];
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            character = character << 6 | next & 0x3f;
        }
        boolean isShortest = utf8Length(character) == length;
        return isShortest && character <= 0x10ffff && (character < 0xd800 || character > 0xdfff) ? character : -1;
    }

    private static int utf8Length(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static void appendByte(StringBuilder text, byte b) {
        text.append("\\x").append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
}
