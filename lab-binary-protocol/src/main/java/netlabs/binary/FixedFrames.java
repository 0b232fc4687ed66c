package netlabs.binary;

import java.nio.ByteBuffer;

/**
 * Frames of 29 bytes, Python's {@code struct} {@code !BLL20s}. A message longer than 20 bytes takes
 * several, with consecutive orders and the same size.
 *
 * <pre>
 *   offset  bytes  field
 *        0      1  version  1
 *        1      4  order    the frame's number
 *        5      4  size     the length of the whole message in bytes
 *        9     20  text     the message or 20 bytes of it, padded
 * </pre>
 *
 * @param padding the byte behind a short text; the originals take {@code -}. Of no importance for
 *     reading: the size says where the text ends.
 */
record FixedFrames(byte padding) implements FrameCodec {
    /** The length of the text field. */
    static final int TEXT_BYTES = 20;

    @Override
    public int orderOffset() {
        return 1;
    }

    @Override
    public int sizeOffset() {
        return 5;
    }

    @Override
    public int bodyLength(long size) {
        return TEXT_BYTES;
    }

    @Override
    public int mostText() {
        return TEXT_BYTES;
    }

    @Override
    public String sized() {
        return "message";
    }

    @Override
    public void pad(int textLength, ByteBuffer out) {
        for (int i = textLength; i < TEXT_BYTES; i++) {
            out.put(padding);
        }
    }
}
