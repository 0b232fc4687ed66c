package netlabs.filetransfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import netlabs.common.LabException;

/**
 * One file that is being stored. Its final name appears at once and complete, or not at all:
 *
 * <pre>
 *              write        fsync, then link or rename, then fsync of the folder
 *   UNFINISHED ──────► ... ────────────────────────────────────────────────────► STORED
 *      │  ▲
 *      │  └── begin again with resume
 *      ├── close: stays, to be resumed
 *      └── discard: deleted
 * </pre>
 *
 * The unfinished file is locked, so that another server on the same folder leaves it alone.
 */
final class Incoming implements Sink {
    private static final int ATTEMPTS = 5;

    private final Folder folder;
    private final Path target;
    private final Path unfinished;
    private final FileChannel channel;

    /** The folder's own, opened early: later there may be no descriptor left. Null where it cannot be opened. */
    private final FileChannel parent;

    /** Which file was opened; null where the file system does not tell. */
    private final Object identity;

    private long length;
    private boolean kept = true;
    private boolean stored;

    private Incoming(Folder folder, Path target, Path unfinished, FileChannel channel) throws IOException {
        this.folder = folder;
        this.target = target;
        this.unfinished = unfinished;
        this.channel = channel;
        this.length = channel.position(channel.size()).position();
        this.identity = identity(unfinished);
        this.parent = hasInodes(unfinished)
                ? FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)
                : null; // Windows cannot open a folder, and need not
    }

    /**
     * Opens the unfinished file, and empties it unless {@code resume}.
     *
     * @throws RefusedException if another server has it
     * @throws IOException if the folder cannot be written to
     */
    static Incoming open(Folder folder, Path target, Path unfinished, boolean resume) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Object before = identity(unfinished);
            FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try {
                lock(channel);
                if (hasInodes(unfinished) && !Objects.equals(before, identity(unfinished))) {
                    // Just created; or another server has given this file its final name since, and perhaps begun
                    // another: to write here would be to write into the stored file.
                    channel.close();
                    continue;
                }
                if (hasThisNameOnly(unfinished)) {
                    if (!resume) {
                        channel.truncate(0);
                    }
                    return new Incoming(folder, target, unfinished, channel);
                }
                // A server was killed between link and delete: to write here would be to write into the stored file.
                Files.deleteIfExists(unfinished);
                channel.close();
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
        throw new RefusedException(Status.BUSY, "another server is storing it");
    }

    private static void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // said below
        }
        throw new RefusedException(Status.BUSY, "another server is storing it");
    }

    private static boolean hasInodes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /**
     * @return which file has this name (stat(2): st_dev and st_ino); null if none has
     */
    private static Object identity(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean hasThisNameOnly(Path file) throws IOException {
        try {
            return !hasInodes(file) || (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) == 1;
        } catch (NoSuchFileException e) {
            return false; // just stored, by another server
        }
    }

    @Override
    public long length() {
        return length;
    }

    /**
     * Reads the bytes that are there into {@code buffer}, from {@code position} on (pread(2)).
     *
     * @throws RefusedException if they cannot be read: then they are discarded
     */
    void read(ByteBuffer buffer, long position) throws RefusedException {
        try {
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, position);
                if (count < 0) {
                    throw new IOException("it became shorter");
                }
                position += count;
            }
        } catch (IOException e) {
            kept = false;
            throw new RefusedException(
                    Status.NOT_WRITABLE, "what is there of it cannot be read: " + LabException.reason(e), e);
        }
    }

    /** Begins with the first byte again. */
    void restart() throws RefusedException {
        try {
            channel.truncate(0).position(0);
            length = 0;
        } catch (IOException e) {
            throw Folder.refusal(e);
        }
    }

    /**
     * Adds all that remains in {@code bytes}.
     *
     * @throws RefusedException if it becomes too large, or the disk takes no more: then it is discarded
     */
    @Override
    public void write(ByteBuffer bytes) throws RefusedException {
        if (length + bytes.remaining() > folder.maxSize()) {
            kept = false;
            throw new RefusedException(
                    Status.TOO_LARGE, "it has more than the " + folder.maxSize() + " bytes of --max-size");
        }
        try {
            while (bytes.hasRemaining()) {
                length += channel.write(bytes);
            }
        } catch (IOException e) {
            kept = false; // so that the disk is not full of what nobody has
            throw Folder.refusal(e);
        }
    }

    /**
     * Everything has come: makes it durable, and gives it its final name.
     *
     * @throws RefusedException if meanwhile there is another file with that name, or the disk fails
     */
    @Override
    public void commit() throws RefusedException {
        synchronizeBytes();
        try {
            folder.checkFree(target);
            if (!Objects.equals(identity, identity(unfinished))) {
                throw new RefusedException(Status.NOT_WRITABLE, "somebody took its unfinished file away");
            }
            if (folder.overwrites()) {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else if (!hasInodes(unfinished)) {
                Files.move(unfinished, target); // on Windows this replaces nothing, in one step
            } else if (!link()) {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE); // nothing was there a moment ago
            }
            stored = true;
            if (parent != null) {
                parent.force(true); // the name is durable once the folder is (fsync(2))
            }
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(Status.EXISTS, "meanwhile there is another file with its name", e);
        } catch (IOException e) {
            throw Folder.refusal(e);
        }
    }

    /**
     * rename(2) would replace a file that came in between; link(2) does not.
     *
     * @return false if this file system has no links
     */
    private boolean link() throws IOException {
        try {
            Files.createLink(target, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // FAT; or a real fault, which the rename will have too
        }
        try {
            Files.delete(unfinished);
        } catch (IOException e) {
            return true; // it is stored, under two names; the next transfer of this name removes the other
        }
        return true;
    }

    /**
     * After a fsync that failed the kernel takes the pages for written (fsync(2), "Errors"): nothing that is
     * there can be trusted, or resumed.
     */
    private void synchronizeBytes() throws RefusedException {
        try {
            channel.force(true);
        } catch (IOException e) {
            kept = false;
            throw Folder.refusal(e);
        }
    }

    /** What came is not what was sent: {@link #close} deletes it. */
    @Override
    public void discard() {
        kept = false;
    }

    /** Lets go of it; unless it was stored, or is empty, what is there stays for a later resume. */
    @Override
    public void close() throws RefusedException {
        try (parent;
                channel) {
            if (!stored && (!kept || length == 0)) {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw Folder.refusal(e);
        } finally {
            folder.leave(target.getFileName().toString());
        }
    }
}
