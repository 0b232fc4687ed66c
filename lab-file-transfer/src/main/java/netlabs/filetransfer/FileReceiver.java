package netlabs.filetransfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import netlabs.common.net.Connection;

/**
 * From the socket to the disk: recv(2) into a direct buffer, write(2) from it, and the buffer goes to the
 * digest.
 */
final class FileReceiver {
    private FileReceiver() {}

    /**
     * Receives until {@code file} has {@code size} bytes, or the peer sends no more.
     *
     * @param size in bytes; {@link Long#MAX_VALUE}: until the end of the stream
     * @return whether the stream has ended before
     * @throws RefusedException if the file cannot be written
     */
    static boolean receive(Connection peer, Sink file, long size, Digest digest, Progress progress) throws IOException {
        while (file.length() < size) {
            ByteBuffer buffer = digest.take();
            buffer.limit((int) Math.min(buffer.capacity(), size - file.length()));
            int count = peer.receive(buffer);
            if (count > 0) {
                file.write(buffer.flip());
                progress.reached(file.length());
            }
            digest.give(buffer.limit(Math.max(count, 0)));
            if (count < 0) {
                return true;
            }
        }
        return false;
    }
}
