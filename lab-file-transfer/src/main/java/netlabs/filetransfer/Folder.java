package netlabs.filetransfer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import netlabs.common.LabException;

/**
 * The folder that files are stored in, and who may store what there. An unfinished file has a name of
 * the folder's own, made from the digest of its final one, so that it always fits and a resumed transfer
 * finds it; see {@link Incoming}.
 */
final class Folder {
    private static final int NAME_DIGITS = 16;

    private final Path path;
    private final boolean overwrite;
    private final long maxSize;
    private final String hint;

    /** The names that are being stored now. */
    private final Set<String> busy = new HashSet<>();

    private Folder(Path path, boolean overwrite, long maxSize, String hint) {
        this.path = path;
        this.overwrite = overwrite;
        this.maxSize = maxSize;
        this.hint = hint;
    }

    /**
     * A server's.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param maxSize of one file, in bytes
     * @throws LabException if there is no such folder
     */
    static Folder open(Path path, boolean overwrite, long maxSize) {
        return open(path, overwrite, maxSize, "a server with --overwrite replaces it");
    }

    /**
     * @param hint for whoever is told that a file exists
     */
    static Folder open(Path path, boolean overwrite, long maxSize, String hint) {
        if (!Files.isDirectory(path)) {
            throw new LabException("cannot store files in " + path + ": "
                    + (Files.exists(path) ? "not a directory" : "no such directory"));
        }
        return new Folder(path, overwrite, maxSize, hint);
    }

    /** The largest file that is taken, in bytes. */
    long maxSize() {
        return maxSize;
    }

    /**
     * Begins to store a file.
     *
     * @param name as the peer gave it
     * @param size in bytes; -1 where it is not known before the end
     * @param resume whether to go on with what is there of it
     * @throws RefusedException if it may not, or cannot, be stored
     */
    Incoming begin(String name, long size, boolean resume) throws RefusedException {
        String fault = FileName.fault(name, File.separatorChar == '\\');
        if (fault != null) {
            throw new RefusedException(Status.BAD_NAME, fault);
        }
        Path target = target(name);
        checkFree(target);
        if (size > maxSize) {
            throw new RefusedException(
                    Status.TOO_LARGE, "its " + size + " bytes are more than the " + maxSize + " of --max-size");
        }
        if (!enter(name)) {
            throw new RefusedException(Status.BUSY, "another client is sending it");
        }
        Incoming file;
        try {
            file = Incoming.open(this, target, path.resolve(unfinishedName(name)), resume);
        } catch (IOException e) {
            leave(name);
            throw refusal(e);
        }
        try {
            checkRoom(size - file.length());
            return file;
        } catch (RefusedException e) {
            file.close(); // which leaves
            throw e;
        }
    }

    private Path target(String name) throws RefusedException {
        try {
            return path.resolve(name);
        } catch (InvalidPathException e) {
            throw new RefusedException(Status.BAD_NAME, "its name is none on this system");
        }
    }

    /**
     * What is there already, of whatever kind, is looked at and not followed.
     *
     * @throws RefusedException if it must stay
     */
    void checkFree(Path target) throws RefusedException {
        if (Files.isSymbolicLink(target)) {
            throw new RefusedException(Status.EXISTS, "there is a symbolic link with its name");
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(Status.EXISTS, "there is a folder with its name");
        }
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(Status.EXISTS, "it exists already (" + hint + ")");
        }
    }

    /** Whether a file that is there may be replaced. */
    boolean overwrites() {
        return overwrite;
    }

    /** As early as possible; if it turns out to be wrong, writing fails. */
    private void checkRoom(long needed) throws RefusedException {
        long usable;
        try {
            usable = Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            return; // in a chroot the folder's mount point may not be found
        }
        if (needed > usable) {
            throw new RefusedException(
                    Status.NO_SPACE, "the disk is too full: " + needed + " bytes needed, " + usable + " free");
        }
    }

    private synchronized boolean enter(String name) {
        return busy.add(name);
    }

    /** The file of that name is not being stored any more. */
    synchronized void leave(String name) {
        busy.remove(name);
    }

    /**
     * @return {@code .netlabs-2c26b46b68ffc68f.part}
     */
    static String unfinishedName(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return FileName.RESERVED_PREFIX + HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS) + ".part";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** What a call of the file system failed with, as the reason of a refusal. */
    static RefusedException refusal(IOException e) {
        if (e instanceof RefusedException refused) {
            return refused;
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        if (reason != null
                && (reason.contains("No space") || reason.contains("quota") || reason.contains("not enough space"))) {
            return new RefusedException(Status.NO_SPACE, "the disk is full", e);
        }
        return new RefusedException(
                Status.NOT_WRITABLE, "the folder cannot be written to: " + LabException.reason(e), e);
    }
}
