package netlabs.binary;

import java.nio.ByteBuffer;

/**
 * Which frames of one sender make up which message: frames with consecutive orders and the same size,
 * until {@code size} bytes are there. It keeps counts and no bytes.
 *
 * <p>An original's frame of a longer message is cut after 20 bytes, and the next one is another
 * message. That is found out where the frame is not one that could go on: by its size, its order, or,
 * where it would be the last, by bytes behind the text that are no padding.
 */
final class MessageAssembler {
    private final StreamWarnings warnings;
    private boolean started;
    private long lastOrder;
    private long size;
    private long left;
    private int frames;

    /**
     * @param warnings is told of orders that are not consecutive and of messages without an end
     */
    MessageAssembler(StreamWarnings warnings) {
        this.warnings = warnings;
    }

    /**
     * The next frame of the sender.
     *
     * @param bytes the whole frame, from the position on; nothing is moved
     * @return how many bytes of its body are text; the rest is padding
     */
    int accept(Frame frame, ByteBuffer bytes) {
        boolean consecutive = frame.order() == (lastOrder + 1 & FrameCodec.MAX_UNSIGNED);
        if (started && !consecutive) {
            warnings.order(lastOrder, frame.order());
        }
        if (left > 0 && !(consecutive && frame.size() == size && isPaddedBehind(left, frame, bytes))) {
            warnings.unfinished(size, size - left);
            left = 0;
        }
        if (left == 0) {
            size = frame.size();
            left = size;
            frames = 0;
        }
        started = true;
        lastOrder = frame.order();
        frames++;
        int text = (int) Math.min(frame.bodyLength(), left);
        left -= text;
        return text;
    }

    /**
     * @return which frame of its message the last one was, from 1 on
     */
    int frameOfMessage() {
        return frames;
    }

    /**
     * @return whether the message is complete with the last frame
     */
    boolean isComplete() {
        return left == 0;
    }

    /** No more frames come. */
    void end() {
        if (left > 0) {
            warnings.unfinished(size, size - left);
            left = 0;
        }
    }

    private static boolean isPaddedBehind(long textLength, Frame frame, ByteBuffer bytes) {
        int body = bytes.position() + FrameCodec.HEADER_BYTES;
        for (int i = (int) Math.min(textLength, frame.bodyLength()) + 1; i < frame.bodyLength(); i++) {
            if (bytes.get(body + i) != bytes.get(body + i - 1)) {
                return false;
            }
        }
        return true;
    }
}
