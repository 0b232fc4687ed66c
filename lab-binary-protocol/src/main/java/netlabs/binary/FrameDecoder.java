package netlabs.binary;

import java.nio.ByteBuffer;
import java.util.Arrays;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.UnfinishedBytes;

/**
 * Finds the frames in a stream, however it is cut. A frame that is whole in the bytes of one read is
 * decoded where it is. An incomplete one is kept until the rest comes, in memory for what has come, not
 * for what its header announces.
 */
final class FrameDecoder {
    /** Takes the frames as they are found. */
    interface Sink {
        /**
         * @param bytes from position to limit the whole frame, during this call only; the position may be
         *     moved
         * @throws MalformedMessageException if it cannot be taken
         */
        void frame(Frame frame, ByteBuffer bytes) throws MalformedMessageException;
    }

    /** What is kept of a buffer that has become large for one frame. */
    private static final int KEPT_BYTES = 16 * 1024;

    private static final byte[] EMPTY = {};

    private final FrameCodec codec;
    private final long maxSize;
    private final UnfinishedBytes memory;

    /** The beginning of an unfinished frame, in rest[0..restLength). */
    private byte[] rest = EMPTY;

    private int restLength;

    /** How much is missing of it, or of its header; 0 if there is no unfinished frame. */
    private int missing;

    /**
     * @param maxSize the largest size that is taken, at most 1 GiB
     */
    FrameDecoder(FrameCodec codec, long maxSize) {
        this(codec, maxSize, UnfinishedBytes.unbounded());
    }

    /**
     * @param memory what the unfinished frames of all decoders together may take
     */
    FrameDecoder(FrameCodec codec, long maxSize, UnfinishedBytes memory) {
        this.codec = codec;
        this.maxSize = maxSize;
        this.memory = memory;
    }

    /**
     * Takes all of {@code bytes} and hands over the frames that are complete with them.
     *
     * @throws MalformedMessageException behind the frames that were good; the stream is of no use any
     *     more
     */
    void feed(ByteBuffer bytes, Sink sink) throws MalformedMessageException {
        while (missing > 0 && bytes.hasRemaining()) {
            append(bytes, Math.min(missing, bytes.remaining()));
            ByteBuffer whole = ByteBuffer.wrap(rest, 0, restLength);
            Decoded decoded = codec.decode(whole, maxSize);
            if (decoded instanceof Frame frame) {
                sink.frame(frame, whole);
                forget();
            } else {
                missing = missingOf(decoded);
            }
        }
        int limit = bytes.limit();
        while (bytes.hasRemaining()) {
            Decoded decoded = codec.decode(bytes, maxSize);
            if (decoded instanceof Frame frame) {
                int end = bytes.position() + frame.length();
                sink.frame(frame, bytes.limit(end));
                bytes.limit(limit).position(end);
            } else {
                missing = missingOf(decoded);
                append(bytes, bytes.remaining());
            }
        }
    }

    /**
     * The stream has ended.
     *
     * @throws MalformedMessageException if it has in the middle of a frame
     */
    void end() throws MalformedMessageException {
        if (missing > 0) {
            throw new MalformedMessageException(
                    restLength < FrameCodec.HEADER_BYTES
                            ? "frame that ends in its header, after " + restLength + " of " + FrameCodec.HEADER_BYTES
                                    + " bytes"
                            : "frame that ends after " + restLength + " of " + (restLength + missing) + " bytes");
        }
    }

    /** Nothing more comes: gives its memory back. */
    void discard() {
        memory.give(rest.length);
        rest = EMPTY;
        restLength = 0;
        missing = 0;
    }

    private static int missingOf(Decoded decoded) throws MalformedMessageException {
        if (decoded instanceof Decoded.Incomplete incomplete) {
            return incomplete.missing();
        }
        throw new MalformedMessageException(((Decoded.Malformed) decoded).what());
    }

    private void append(ByteBuffer bytes, int count) throws MalformedMessageException {
        int needed = restLength + count;
        if (needed > rest.length) {
            // At most twice what has come, and never more than the frame needs.
            int capacity = Math.max(needed, (int) Math.min(2L * needed, (long) restLength + missing));
            memory.take(capacity - rest.length);
            rest = Arrays.copyOf(rest, capacity);
        }
        bytes.get(rest, restLength, count);
        restLength = needed;
    }

    private void forget() {
        restLength = 0;
        missing = 0;
        if (rest.length > KEPT_BYTES) {
            memory.give(rest.length);
            rest = EMPTY;
        }
    }
}
