package netlabs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import netlabs.common.LabException;

/**
 * The file that is transferred, and the folder that it is received in. Closing it deletes both.
 *
 * @param scratch has all of it
 * @param bytes how long the file is
 */
record TransferFiles(Scratch scratch, long bytes) implements AutoCloseable {
    private static final String NAME = "netlabs.bin";

    /** No transfer leaves out less: far less than a receive that is lost. */
    private static final int SPOILED_EVERY_BYTES = 64 << 10;

    /** The source, an existing file, and what is received beside it. */
    private static final int COPIES = 3;

    /**
     * Makes the source, of pseudo-random bytes.
     *
     * @param parent the folder that all is to be in; is made if it is not there
     * @throws LabException if there is no room for it, or nothing can be written there
     */
    static TransferFiles in(Path parent, long bytes) {
        try {
            return make(parent, bytes);
        } catch (IOException e) {
            throw LabException.ofFile("cannot make the file to transfer in", parent, e);
        }
    }

    private static TransferFiles make(Path parent, long bytes) throws IOException {
        TransferFiles files = new TransferFiles(Scratch.in(parent), bytes);
        try {
            long room = Files.getFileStore(files.scratch.folder()).getUsableSpace();
            if (room / COPIES < bytes) {
                throw new LabException(String.format(
                        Locale.ROOT,
                        "%s has room for %,d MiB, and this needs %d times %,d MiB - give a smaller --size, or another"
                                + " --folder",
                        parent,
                        room >> 20,
                        COPIES,
                        bytes >> 20));
            }
            Files.createDirectory(files.folder());
            RandomFile.make(files.source(), bytes);
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** What is sent. */
    Path source() {
        return scratch.folder().resolve(NAME);
    }

    /** Where a receiver may put it. */
    Path folder() {
        return scratch.folder().resolve("received");
    }

    /** Where it must be then: a lab's receiver is told the folder only, and the sender says the name. */
    Path received() {
        return folder().resolve(NAME);
    }

    /** The kind of file system: {@code ext4}, {@code tmpfs}. */
    String fileSystem() throws IOException {
        return Files.getFileStore(folder()).type();
    }

    /** Leaves nothing in the folder. */
    void removeReceived() throws IOException {
        removeAllBut(null);
    }

    /**
     * Leaves a file of the right length there that differs from the source in a byte of each 64 KiB,
     * so that what a transfer leaves out shows; all of it is on the disk.
     */
    void prepareExisting() throws IOException {
        removeAllBut(received());
        if (!Files.exists(received()) || Files.size(received()) != bytes) {
            Files.deleteIfExists(received());
            Files.copy(source(), received());
        }
        try (FileChannel source = FileChannel.open(source());
                FileChannel existing = FileChannel.open(received(), StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocateDirect(1);
            for (long at = 0; at < bytes; at += SPOILED_EVERY_BYTES) {
                source.read(one.clear(), at);
                existing.write(one.put(0, (byte) ~one.get(0)).flip(), at);
            }
            existing.force(true);
        }
    }

    /**
     * Waits until the received file is on the disk: fsync(2). Nothing of this transfer disturbs the next
     * then.
     */
    void sync() throws IOException {
        try (FileChannel file = FileChannel.open(received(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /**
     * @return where the received file differs from the source first; -1 if it does not
     */
    long mismatch() throws IOException {
        return Files.mismatch(source(), received());
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }

    private void removeAllBut(Path kept) throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.equals(kept)) {
                    Files.delete(file);
                }
            }
        }
    }
}
