package netlabs.filetransfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import netlabs.common.LabException;
import netlabs.common.net.Connection;

/** Sends a file's bytes and nothing else: the caller's half-close is its end. */
final class RawSender {
    private final Path path;
    private final boolean digests;
    private final TransferTranscript transcript;
    private final BufferPool pool = new BufferPool();

    RawSender(Path path, boolean digests, TransferTranscript transcript) {
        this.path = path;
        this.digests = digests;
        this.transcript = transcript;
    }

    /** Who shows how far it has come. */
    interface Display {
        /**
         * @param size in bytes; -1 where it is not known
         */
        Progress of(String name, long size);
    }

    /**
     * @throws LabException if the file cannot be read
     */
    void send(Connection peer, Display display) throws IOException {
        // Whatever goes wrong, a kill of this program too: only an end in order is the end of the file.
        peer.resetOnClose();
        String name = path.getFileName().toString();
        try (FileChannel file = open(path);
                Digest digest = new Digest(digests, pool)) {
            long known = Files.isRegularFile(path) ? file.size() : -1; // else a pipe, most likely
            transcript.begins("Sending", name, known, "to", peer.peer());
            long began = System.nanoTime();
            long size;
            try (Progress progress = display.of(name, known)) {
                size = FileSender.send(file, 0, Long.MAX_VALUE, peer, digest, progress, () -> {});
            }
            byte[] sent = digest.value();
            long nanos = System.nanoTime() - began;
            peer.closeInOrder();
            transcript.ended("Sent", name, size, sent, size, nanos);
        }
    }

    /**
     * @throws LabException if there is no such file, or it cannot be read
     */
    void checkReadable() {
        if (Files.isReadable(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
            return; // a pipe: to open it waits for its writer, and to close it ends that
        }
        try (FileChannel file = open(path)) {
            file.isOpen();
        } catch (IOException e) {
            throw LabException.ofFile("cannot send", path, e);
        }
    }

    /**
     * @throws LabException if there is no such file, or it cannot be read
     */
    static FileChannel open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new LabException("cannot send " + path + ": it is a directory");
            }
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw LabException.ofFile("cannot send", path, e);
        }
    }
}
