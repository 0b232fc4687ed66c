package netlabs.http;

import java.nio.ByteBuffer;

/**
 * The chunked transfer coding (RFC 9112 §7.1), in pieces of any size:
 *
 * <pre>
 *   SIZE ──► BLANK ──► EXTENSION ──► SIZE_LF ──► DATA ──► DATA_CR ──► DATA_LF ──► SIZE ...
 *                                       │ 0
 *                                       ▼
 *                                    TRAILER ──► TRAILER_LF ──► TRAILER ... an empty line ──► END
 * </pre>
 *
 * Strict where two readers could disagree on where the body ends: lines end with CRLF, a size is one to
 * fifteen hexadecimal digits, behind which only an extension may stand, or blanks. Extensions and trailer fields are read and dropped, up to
 * 16 KiB of them in all.
 */
final class ChunkedDecoder {
    private enum State {
        SIZE,
        /** White space behind a size; an extension may follow (RFC 9112 §7.1.1). */
        BLANK,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_LF,
        END
    }

    private static final int MAX_OVERHEAD = 16 * 1024;
    private static final int MAX_DIGITS = 15;

    private State state = State.SIZE;
    private long size;
    private int digits;

    /** Bytes of extensions and trailer fields until now. */
    private int overhead;

    /** Bytes of the trailer's line until now. */
    private int lineLength;

    /** Whether the last chunk and its trailer have been read. */
    boolean isEnded() {
        return state == State.END;
    }

    /**
     * Reads on until there is content, or the end of {@code bytes} or of the body.
     *
     * @return how many bytes at the position of {@code bytes} are content, which the caller takes before the
     *     next call; 0: no more in these bytes
     * @throws RefusedException if this is no chunk
     */
    int next(ByteBuffer bytes) throws RefusedException {
        while (bytes.hasRemaining() && state != State.END) {
            if (state == State.DATA) {
                int length = (int) Math.min(size, bytes.remaining());
                size -= length;
                if (size == 0) {
                    state = State.DATA_CR;
                }
                return length;
            }
            take(bytes.get());
        }
        return 0;
    }

    private void take(byte c) throws RefusedException {
        switch (state) {
            case SIZE -> sizeDigit(c);
            case BLANK -> behindSize(c);
            case EXTENSION -> {
                if (c == '\r') {
                    state = State.SIZE_LF;
                } else {
                    count(c);
                }
            }
            case SIZE_LF -> {
                expect(c, '\n');
                state = size > 0 ? State.DATA : State.TRAILER;
                digits = 0;
            }
            case DATA_CR -> {
                expect(c, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(c, '\n');
                state = State.SIZE;
            }
            case TRAILER -> {
                if (c == '\r') {
                    state = State.TRAILER_LF;
                } else {
                    count(c);
                    lineLength++;
                }
            }
            case TRAILER_LF -> {
                expect(c, '\n');
                state = lineLength == 0 ? State.END : State.TRAILER;
                lineLength = 0;
            }
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void sizeDigit(byte c) throws RefusedException {
        int digit = Character.digit((char) (c & 0xff), 16);
        if (digit >= 0 && c > 0) {
            if (++digits > MAX_DIGITS) {
                throw RefusedException.badRequest("the size of a chunk has more than " + MAX_DIGITS + " digits");
            }
            size = size << 4 | digit;
        } else if (digits == 0) {
            throw RefusedException.badRequest("a chunk has no size");
        } else {
            behindSize(c);
        }
    }

    private void behindSize(byte c) throws RefusedException {
        if (c == '\r') {
            state = State.SIZE_LF;
        } else if (c == ';') {
            state = State.EXTENSION;
        } else if (c == ' ' || c == '\t') {
            state = State.BLANK;
            count(c);
        } else {
            throw RefusedException.badRequest("the size of a chunk is not hexadecimal");
        }
    }

    private static void expect(byte c, char wanted) throws RefusedException {
        if (c != wanted) {
            throw RefusedException.badRequest("a chunk does not end where its size says");
        }
    }

    private void count(byte c) throws RefusedException {
        if (c >= 0 && c < ' ' && c != '\t' || c == 0x7f) {
            throw RefusedException.badRequest("there is a control character in a chunk's extension or trailer");
        }
        if (++overhead > MAX_OVERHEAD) {
            throw new RefusedException(
                    Status.FIELDS_TOO_LARGE,
                    "chunk extensions and trailer fields are longer than " + MAX_OVERHEAD + " bytes");
        }
    }
}
