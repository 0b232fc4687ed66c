package netlabs.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;

/**
 * The folder that is served, and what may be seen of it: regular files and folders below it, by names that
 * do not begin with a dot, also through symbolic links as long as they end below it. Where a path really
 * leads is found out before anything is opened, so a device or a FIFO is never touched.
 *
 * <p>It is no defence against someone who changes that folder at the very moment: between a look and the open
 * behind it a file could become a FIFO, which would block. What was opened is looked at once more before any
 * of it is sent.
 */
final class Site {
    private static final String INDEX = "index.html";

    private final Path root;
    private final MediaTypes types = new MediaTypes();

    /** What a target leads to. */
    sealed interface Found {
        /** A file. */
        record File(Resource resource) implements Found {}

        /** A folder that was asked for without a slash at its end. */
        record FolderWithoutSlash() implements Found {}

        /** A folder without an index.html. */
        record Folder(Path path) implements Found {}
    }

    private Site(Path root) {
        this.root = root;
    }

    /**
     * @throws LabException if there is no such folder
     */
    static Site open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new LabException(
                    "cannot serve " + folder + ": " + (Files.exists(folder) ? "not a directory" : "no such directory"));
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new LabException("cannot serve " + folder + ": permission denied");
        }
        try {
            return new Site(folder.toRealPath());
        } catch (IOException e) {
            throw LabException.ofFile("cannot serve", folder, e);
        }
    }

    /**
     * @throws RefusedException if there is nothing, or nothing that may be seen
     */
    Found find(Target target) throws RefusedException {
        try {
            Path path = root;
            for (String name : target.names()) {
                path = path.resolve(name);
            }
            Path real = real(path);
            BasicFileAttributes attributes = attributes(real);
            if (!attributes.isDirectory()) {
                if (target.isFolder()) {
                    throw notFound(null);
                }
                return new Found.File(
                        resource(real, attributes, path.getFileName().toString()));
            }
            if (!target.isFolder()) {
                return new Found.FolderWithoutSlash();
            }
            if (!Files.isRegularFile(real.resolve(INDEX))) {
                return new Found.Folder(real);
            }
            Path index = real(real.resolve(INDEX));
            return new Found.File(resource(index, attributes(index), INDEX));
        } catch (InvalidPathException e) {
            throw notFound(e);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * @param child of one of its folders, which has no link in its path
     * @return what it is; null if the site does not show it: a link that leads nowhere or out, a device
     */
    BasicFileAttributes shown(Path child) {
        try {
            BasicFileAttributes attributes = attributes(child);
            if (attributes.isSymbolicLink()) {
                attributes = attributes(real(child));
            }
            return attributes.isDirectory() || attributes.isRegularFile() ? attributes : null;
        } catch (IOException | RefusedException e) {
            return null;
        }
    }

    private Path real(Path path) throws IOException, RefusedException {
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new RefusedException(Status.FORBIDDEN, "this is a link that leads out of the site");
        }
        for (Path name : root.relativize(real)) {
            if (name.toString().startsWith(".")) {
                throw new RefusedException(Status.FORBIDDEN, "this is a link to a name that begins with a dot");
            }
        }
        return real;
    }

    private static BasicFileAttributes attributes(Path real) throws IOException {
        return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Resource resource(Path real, BasicFileAttributes attributes, String name) throws RefusedException {
        if (!attributes.isRegularFile()) {
            throw new RefusedException(Status.FORBIDDEN, "this is neither a file nor a folder");
        }
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        EntityTag tag = EntityTag.of(modified, attributes.size(), Objects.hashCode(attributes.fileKey()), now);
        return new Resource(real, attributes.size(), modified, tag, types.of(name));
    }

    /**
     * Opens a file that was found.
     *
     * @throws RefusedException if it cannot be read, or is not what was found any more
     */
    OpenFile open(Resource resource) throws RefusedException {
        try {
            FileChannel channel = FileChannel.open(resource.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            OpenFile file = new OpenFile(channel, resource.file());
            if (channel.size() != resource.size() || !isStill(resource)) {
                file.close();
                throw changing();
            }
            return file;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Whether the file is at its place, and what it was when it was looked at. */
    boolean isStill(Resource resource) {
        try {
            Path real = resource.file().toRealPath();
            String name = real.getFileName().toString();
            return resource.isUnchanged(resource(real, attributes(real), name));
        } catch (IOException | RefusedException e) {
            return false;
        }
    }

    /** What a client is told that asks for a file while it is being changed. */
    static RefusedException changing() {
        return new RefusedException(Status.SERVICE_UNAVAILABLE, "the file is being changed, try again");
    }

    /** Whether {@link #open} would be let: permissions change without a new time of modification. */
    boolean mayRead(Resource resource) {
        return Files.isReadable(resource.file());
    }

    private static RefusedException notFound(Throwable cause) {
        return new RefusedException(Status.NOT_FOUND, "there is no such file here", cause);
    }

    /** What a call of the file system failed with, as an answer. It tells nothing of the server's folders. */
    static RefusedException refusal(IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : "";
        if (e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || e instanceof NotLinkException
                || reason.contains("Not a directory")
                || reason.contains("too long")) {
            return notFound(e);
        }
        if (e instanceof AccessDeniedException) {
            return new RefusedException(Status.FORBIDDEN, "the server may not read this", e);
        }
        if (e instanceof FileSystemLoopException || reason.contains("symbolic links")) {
            return new RefusedException(Status.FORBIDDEN, "this is a link that leads nowhere", e);
        }
        if (reason.contains("Too many open files")) {
            return new RefusedException(Status.SERVICE_UNAVAILABLE, "the server has too many files open", e);
        }
        return new RefusedException(Status.INTERNAL_SERVER_ERROR, "the server cannot read this", e);
    }
}
