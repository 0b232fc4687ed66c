package netlabs.tcpecho;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import netlabs.common.LabException;

/**
 * The server's {@code out-proj.txt}: every reply of this run, one per line, in the order of the
 * replies. A line is on the disk (fdatasync(2)) when {@link #append} returns, so whatever happens
 * afterwards, each reply that a client has seen is in the file.
 */
final class OutFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final boolean onDisk;

    /**
     * Creates or empties the file, and locks it (fcntl(2)) until it is closed.
     *
     * @throws LabException if it cannot be written, or another server is writing it
     */
    OutFile(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            onDisk = Files.isRegularFile(path); // a pipe or a terminal has nothing to synchronise
            if (onDisk) {
                empty();
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", path, e);
        }
    }

    /** Not before it is locked: another server's replies must stay. The lock ends with the channel. */
    private void empty() throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LabException(
                    "cannot write " + path + ": another server is writing it - give this one its own --out", e);
        }
        channel.truncate(0);
    }

    /**
     * @throws LabException if the disk is full or failing: the server must not answer then
     */
    void append(byte[] line) {
        byte[] withNewline = Arrays.copyOf(line, line.length + 1);
        withNewline[line.length] = '\n';
        ByteBuffer bytes = ByteBuffer.wrap(withNewline);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (onDisk) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", path, e);
        }
    }
}
