package netlabs.binary;

import java.nio.ByteBuffer;

/**
 * Frames with a header of 9 bytes, Python's {@code struct} {@code !BLL}, and as many bytes of text as
 * it says: a message is a frame.
 *
 * <pre>
 *   offset  bytes  field    with {@link Layout#SIZE_ORDER}
 *        0      1  version  version
 *        1      4  order    size
 *        5      4  size     order
 *        9   size  text     text
 * </pre>
 *
 * Nothing in the bytes tells one layout from the other: both sides have to agree.
 */
record VariableFrames(Layout layout) implements FrameCodec {
    /** Which of the two numbers is the first. */
    enum Layout {
        /** That of the lab sheet. */
        ORDER_SIZE,
        /** That of the public Python original. */
        SIZE_ORDER
    }

    @Override
    public int orderOffset() {
        return layout == Layout.ORDER_SIZE ? 1 : 5;
    }

    @Override
    public int sizeOffset() {
        return layout == Layout.ORDER_SIZE ? 5 : 1;
    }

    @Override
    public int bodyLength(long size) {
        return (int) size;
    }

    @Override
    public int mostText() {
        return Integer.MAX_VALUE - HEADER_BYTES;
    }

    @Override
    public String sized() {
        return "frame";
    }

    @Override
    public void pad(int textLength, ByteBuffer out) {
        // the size says where the frame ends
    }
}
