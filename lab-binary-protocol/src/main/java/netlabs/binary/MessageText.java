package netlabs.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one message after the other, which should be UTF-8 and comes in pieces. A character that
 * is cut is handed out with the piece that completes it.
 */
final class MessageText {
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int length;

    /** How much of it has been handed out. */
    private int shown;

    /** A message begins; the one before is forgotten. */
    void begin() {
        length = 0;
        shown = 0;
        bytes = EMPTY;
    }

    /**
     * @param piece the next bytes of the message; consumed
     * @param isLast whether the message is complete with them
     * @return the characters that are complete now, U+FFFD where the bytes are not UTF-8
     */
    String append(ByteBuffer piece, boolean isLast) {
        int count = piece.remaining();
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, isLast ? length + count : 2 * (length + count));
        }
        piece.get(bytes, length, count);
        length += count;
        int end = isLast ? length : endOfWholeCharacters();
        String text = new String(bytes, shown, end - shown, StandardCharsets.UTF_8);
        shown = end;
        return text;
    }

    /**
     * @return the text of all pieces
     */
    String whole() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private int endOfWholeCharacters() {
        for (int i = length - 1; i >= Math.max(shown, length - 3); i--) {
            if (!isContinuation(bytes[i])) {
                return i + lengthByFirst(bytes[i]) > length ? i : length;
            }
        }
        return length;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** RFC 3629 §3; 1 for a byte that cannot be the first. */
    private static int lengthByFirst(byte first) {
        int b = first & 0xff;
        if (b < 0xc2 || b > 0xf4) {
            return 1;
        }
        return b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    }
}
