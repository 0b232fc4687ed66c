package netlabs.binary;

/**
 * The fields of a frame. Its text is where its bytes are, {@link FrameCodec#HEADER_BYTES} behind their
 * beginning.
 *
 * @param version 0 to 255
 * @param order the frame's number, 0 to 4294967295
 * @param size the length of the whole message in bytes, 0 to 4294967295
 * @param bodyLength how many bytes follow the header
 */
record Frame(int version, long order, long size, int bodyLength) implements Decoded {
    /**
     * @return how many bytes the frame has on the wire
     */
    int length() {
        return FrameCodec.HEADER_BYTES + bodyLength;
    }
}
