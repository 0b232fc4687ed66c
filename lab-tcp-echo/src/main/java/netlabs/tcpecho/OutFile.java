package netlabs.tcpecho;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
     * Creates or empties the file.
     *
     * @throws LabException if it cannot be written
     */
    OutFile(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            onDisk = Files.isRegularFile(path); // a pipe or a terminal has nothing to synchronise
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", path, e);
        }
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
