/**
 * LABS.md §5: frames of fixed and of variable size. Open {@link netlabs.binary.FrameCodec} for the
 * bytes, {@link netlabs.binary.BinaryServer} and {@link netlabs.binary.BinaryClient} for the sockets.
 */
package netlabs.binary;
