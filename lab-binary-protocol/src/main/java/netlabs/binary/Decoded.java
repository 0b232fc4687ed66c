package netlabs.binary;

/** What {@link FrameCodec#decode} makes of the bytes that are there: a {@link Frame}, or why it is none. */
sealed interface Decoded permits Frame, Decoded.Incomplete, Decoded.Malformed {
    /**
     * The frame has not come whole.
     *
     * @param missing how many bytes to wait for before it is worth asking again, at least 1: the rest of
     *     the header, or behind that the rest of the frame
     */
    record Incomplete(int missing) implements Decoded {}

    /**
     * This is no frame that anybody should wait for; where the next one begins cannot be known.
     *
     * @param what without an article: {@code frame of version 2, and only version 1 is known}
     */
    record Malformed(String what) implements Decoded {}
}
