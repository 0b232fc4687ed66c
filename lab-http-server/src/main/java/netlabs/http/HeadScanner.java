package netlabs.http;

import java.nio.ByteBuffer;

/**
 * Finds where the head of a message ends, the start line with the field lines and the empty line behind
 * them (RFC 9112 §2.1), in a stream that comes in any pieces. It looks at every byte once, holds none, and
 * sees to the limits:
 *
 * <pre>
 *   start line     8 KiB    414
 *   field line     8 KiB    431
 *   field lines    100      431
 *   all of it      64 KiB   431
 * </pre>
 *
 * A line ends with CRLF, or with LF alone as it is typed into nc (RFC 9112 §2.2 lets a recipient take that).
 * A CR without its LF and any other control character but a tab are refused, so what it has let through has
 * none. Empty lines before the start line are skipped.
 */
final class HeadScanner {
    static final int MAX_LINE = 8 * 1024;
    static final int MAX_FIELDS = 100;
    static final int MAX_HEAD = 64 * 1024;

    /** Empty lines before a request come from clients that end a body with one too many: a few. */
    private static final int MAX_EMPTY_LINES = 10;

    private int lines;
    private int emptyLines;
    private int lineLength;
    private int length;
    private boolean afterCr;

    /** Forgets what it has seen: the next head begins. */
    void reset() {
        lines = 0;
        emptyLines = 0;
        lineLength = 0;
        length = 0;
        afterCr = false;
    }

    /** Whether some of a head has been seen. Empty lines before it are none of it. */
    boolean isInside() {
        return lines > 0 || lineLength > 0;
    }

    /**
     * Looks at what remains in {@code bytes}; its position stays.
     *
     * @return the index in {@code bytes} behind the head; -1 if that is not yet there
     * @throws RefusedException if this can be no head, or not one within the limits
     */
    int scan(ByteBuffer bytes) throws RefusedException {
        int end = bytes.limit();
        for (int i = bytes.position(); i < end; i++) {
            byte c = bytes.get(i);
            if (c == '\n') {
                length++;
                if (endsLine()) {
                    return i + 1;
                }
            } else if (afterCr) {
                throw RefusedException.badRequest("a CR stands without a LF");
            } else if (c == '\r') {
                afterCr = true;
                length++;
            } else if (c >= 0 && c < ' ' && c != '\t' || c == 0x7f) {
                throw RefusedException.badRequest("there is a control character in the head");
            } else {
                length++;
                if (++lineLength > MAX_LINE || length > MAX_HEAD) {
                    throw tooLong();
                }
            }
        }
        return -1;
    }

    /**
     * @return whether the head ends with this line
     */
    private boolean endsLine() throws RefusedException {
        boolean empty = lineLength == 0;
        lineLength = 0;
        afterCr = false;
        if (!empty) {
            if (lines++ > MAX_FIELDS) {
                throw new RefusedException(Status.FIELDS_TOO_LARGE, "the head has more than " + MAX_FIELDS + " fields");
            }
            return false;
        }
        if (lines > 0) {
            return true;
        }
        if (++emptyLines > MAX_EMPTY_LINES) {
            throw RefusedException.badRequest("empty lines come where a start line should");
        }
        return false;
    }

    private RefusedException tooLong() {
        if (lines == 0) {
            return new RefusedException(Status.URI_TOO_LONG, "the start line is longer than " + MAX_LINE + " bytes");
        }
        return new RefusedException(
                Status.FIELDS_TOO_LARGE,
                lineLength > MAX_LINE
                        ? "a field is longer than " + MAX_LINE + " bytes"
                        : "the head is longer than " + MAX_HEAD + " bytes");
    }
}
