package netlabs.filetransfer;

import java.nio.ByteBuffer;

/** Where the bytes of a file go that is received. */
interface Sink extends AutoCloseable {
    /** How many bytes are there. */
    long length();

    /**
     * Adds all that remains in {@code bytes}.
     *
     * @throws RefusedException if they are not taken
     */
    void write(ByteBuffer bytes) throws RefusedException;

    /**
     * Everything has come.
     *
     * @throws RefusedException if it cannot be kept
     */
    void commit() throws RefusedException;

    /** What has come is of no use. */
    void discard();

    @Override
    void close() throws RefusedException;
}
