package netlabs.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A file read from front to back through one buffer, so that a record lies in one piece however it was read. The
 * numbers in it may be of either byte order. One thread.
 */
final class Input implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final InputStream stream;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long offset;
    private boolean bigEndian;

    Input(InputStream stream) {
        this.stream = stream;
    }

    /** How the numbers behind here are written. */
    void setBigEndian(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    boolean isBigEndian() {
        return bigEndian;
    }

    /**
     * Reads on until {@code wanted} bytes are there, or the file ends.
     *
     * @return how many are there, perhaps more than wanted
     */
    int available(int wanted) throws IOException {
        return end - start >= wanted ? end - start : fill(wanted);
    }

    private int fill(int wanted) throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(wanted, 2 * buffer.length));
        }
        while (end < wanted) {
            int count = stream.read(buffer, end, buffer.length - end);
            if (count < 0) {
                break;
            }
            end += count;
        }
        return end;
    }

    /** Goes on behind {@code count} bytes, which are there. */
    void advance(int count) {
        start += count;
        offset += count;
    }

    /**
     * Goes on behind {@code count} bytes, however many that are.
     *
     * @return false if the file ends before
     */
    boolean skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int there = (int) Math.min(left, available(1));
            if (there == 0) {
                return false;
            }
            advance(there);
            left -= there;
        }
        return true;
    }

    /**
     * @return of the next byte, from the beginning of the file
     */
    long offset() {
        return offset;
    }

    /**
     * @return what the bytes that are there lie in, the next of them at {@link #start}
     */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    /**
     * @param at from the next byte on
     * @return 16 bits without sign
     */
    int uint16(int at) {
        int i = start + at;
        int first = buffer[i] & 0xff;
        int second = buffer[i + 1] & 0xff;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    /**
     * @param at from the next byte on
     * @return 32 bits
     */
    int int32(int at) {
        byte[] b = buffer;
        int i = start + at;
        return bigEndian
                ? b[i] << 24 | (b[i + 1] & 0xff) << 16 | (b[i + 2] & 0xff) << 8 | b[i + 3] & 0xff
                : b[i + 3] << 24 | (b[i + 2] & 0xff) << 16 | (b[i + 1] & 0xff) << 8 | b[i] & 0xff;
    }

    /**
     * @param at from the next byte on
     * @return 32 bits without sign
     */
    long uint32(int at) {
        return int32(at) & 0xffff_ffffL;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
