package netlabs.filetransfer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** {@code --output -}: a pipe, or a file that the shell has opened, as with {@code nc}. */
final class StandardOutput implements Sink {
    private final FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();
    private long length;

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(ByteBuffer bytes) throws RefusedException {
        try {
            while (bytes.hasRemaining()) {
                length += channel.write(bytes);
            }
        } catch (IOException e) {
            throw new RefusedException(Status.NOT_WRITABLE, "standard output takes no more: " + e.getMessage(), e);
        }
    }

    @Override
    public void commit() {}

    @Override
    public void discard() {}

    @Override
    public void close() {}
}
