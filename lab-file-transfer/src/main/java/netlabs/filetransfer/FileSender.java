package netlabs.filetransfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import netlabs.common.LabException;
import netlabs.common.net.Connection;

/**
 * From the disk to the socket. Without a digest by sendfile(2), which on loopback costs 40 % less than
 * read(2) and write(2); with one, whose bytes have to pass here anyway, through direct buffers.
 */
final class FileSender {
    /** What is sent between two looks at the other direction. */
    private static final int STEP_BYTES = 128 << 10;

    private FileSender() {}

    /** Looked at before each step. */
    interface Check {
        /**
         * @throws IOException if the rest need not be sent
         */
        void check() throws IOException;
    }

    /**
     * Sends the bytes from {@code position} to {@code end}.
     *
     * @param file its position is {@code position}
     * @param end in bytes; {@link Long#MAX_VALUE}: the end of the file
     * @return where it came to: less than {@code end} if the file is shorter
     */
    static long send(
            FileChannel file, long position, long end, Connection peer, Digest digest, Progress progress, Check check)
            throws IOException {
        boolean copies = digest.computes() || !hasPositions(file);
        long at = position;
        while (at < end) {
            check.check();
            long count =
                    copies ? copy(file, end - at, peer, digest) : peer.send(file, at, Math.min(STEP_BYTES, end - at));
            if (count <= 0) {
                break;
            }
            at += count;
            progress.reached(at);
        }
        return at;
    }

    /**
     * @throws LabException if it cannot be read: that is not the peer's fault
     */
    private static int read(FileChannel file, ByteBuffer buffer) throws ClosedChannelException {
        try {
            return file.read(buffer);
        } catch (ClosedChannelException e) {
            throw e; // the connection was aborted
        } catch (IOException e) {
            throw new LabException("cannot read the file: " + e.getMessage(), e);
        }
    }

    /** A pipe has none, and sendfile(2) wants them. */
    private static boolean hasPositions(FileChannel file) {
        try {
            file.position();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int copy(FileChannel file, long most, Connection peer, Digest digest) throws IOException {
        ByteBuffer buffer = digest.take();
        buffer.limit((int) Math.min(buffer.capacity(), most));
        int count = read(file, buffer);
        peer.send(buffer.flip());
        digest.give(buffer);
        return count;
    }
}
