package netlabs.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From bytes to frames and back, for one kind of frame: pure functions over big-endian buffers. All
 * fields are unsigned and in network order (RFC 1700, "Data Notations"), as Python's {@code struct}
 * has them behind a {@code !}. Server, client and hexdump use these and no other.
 */
sealed interface FrameCodec permits FixedFrames, VariableFrames {
    /** The only version there is. */
    int VERSION = 1;

    /** Version, order and size: {@code !BLL}. */
    int HEADER_BYTES = 9;

    /** Order and size go from 0 to this, and after it comes 0. */
    long MAX_UNSIGNED = 0xffff_ffffL;

    /**
     * @return where the order is, in bytes behind the beginning of the frame
     */
    int orderOffset();

    /**
     * @return where the size is, in bytes behind the beginning of the frame
     */
    int sizeOffset();

    /**
     * @param size what the header says, already checked
     * @return how many bytes follow the header
     */
    int bodyLength(long size);

    /**
     * @return how much of a message fits into one frame, in bytes
     */
    int mostText();

    /**
     * @return what {@link Frame#size} is the size of
     */
    String sized();

    /**
     * Fills what {@code text} leaves free in the body of a frame.
     *
     * @param out at the byte behind the text
     */
    void pad(int textLength, ByteBuffer out);

    /**
     * Looks at the first frame of {@code bytes}, from its position on, and moves nothing. What the header
     * says is checked as soon as it is there; nothing is allocated by it.
     *
     * @param maxSize the largest size that is taken, at most 1 GiB
     */
    default Decoded decode(ByteBuffer bytes, long maxSize) {
        int start = bytes.position();
        int there = bytes.remaining();
        if (there == 0) {
            return new Decoded.Incomplete(HEADER_BYTES);
        }
        int version = bytes.get(start) & 0xff;
        if (version != VERSION) {
            return new Decoded.Malformed("frame of version " + version + ", and only version " + VERSION + " is known");
        }
        if (there < HEADER_BYTES) {
            return new Decoded.Incomplete(HEADER_BYTES - there);
        }
        long size = bytes.getInt(start + sizeOffset()) & MAX_UNSIGNED;
        if (size > maxSize) {
            return new Decoded.Malformed(sized() + " of " + size + " bytes, more than " + maxSize + " (--max-size)");
        }
        int bodyLength = bodyLength(size);
        int missing = HEADER_BYTES + bodyLength - there;
        return missing > 0
                ? new Decoded.Incomplete(missing)
                : new Frame(version, bytes.getInt(start + orderOffset()) & MAX_UNSIGNED, size, bodyLength);
    }

    /**
     * Writes one frame at the position of {@code out}, with all of {@code text} in it.
     *
     * @param order 0 to 4294967295
     * @param size of the whole message, 0 to 4294967295
     * @param text at most {@link #mostText} bytes, the rest of it is padded
     */
    default void encode(long order, long size, ByteBuffer text, ByteBuffer out) {
        int start = out.position();
        out.put(start, (byte) VERSION);
        out.putInt(start + orderOffset(), (int) order);
        out.putInt(start + sizeOffset(), (int) size);
        int textLength = text.remaining();
        pad(textLength, out.position(start + HEADER_BYTES).put(text));
    }

    /**
     * A message in as many frames as it takes; an empty one takes a frame as well.
     *
     * @param firstOrder the order of the first; the others count on, and from 4294967295 to 0
     * @return each frame's bytes
     */
    default List<ByteBuffer> encode(long firstOrder, byte[] message) {
        List<ByteBuffer> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(message);
        do {
            int length = Math.min(mostText(), rest.remaining());
            ByteBuffer text = rest.slice(rest.position(), length);
            rest.position(rest.position() + length);
            ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + bodyLength(message.length));
            encode(firstOrder + frames.size() & MAX_UNSIGNED, message.length, text, frame);
            frames.add(frame.flip());
        } while (rest.hasRemaining());
        return frames;
    }
}
