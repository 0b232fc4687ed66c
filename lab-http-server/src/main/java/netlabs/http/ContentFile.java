package netlabs.http;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies of hot files, one behind the other, in a file of the server's own that has no name any more: from
 * there sendfile(2) sends them without passing them through the program, and they do not change when the
 * files do.
 *
 * <p>When it is full another one is begun. The old one is closed by the collector, once no answer is sent from
 * it; until then there are two at most.
 */
final class ContentFile {
    private static final long MOST_BYTES = 64 << 20;
    private static final int MOST_FILES = 2;

    private final ReferenceQueue<OpenFile> closed = new ReferenceQueue<>();
    private final Set<PhantomReference<OpenFile>> open = new HashSet<>();
    private OpenFile file;
    private long used;

    /**
     * Whether {@code length} bytes can be kept.
     *
     * @param full is run if what was kept until now has to be let go
     */
    boolean hasRoom(int length, Runnable full) {
        if (file != null && used + length <= MOST_BYTES) {
            return true;
        }
        for (Object gone; (gone = closed.poll()) != null; ) {
            open.remove(gone);
        }
        if (file != null) {
            file = null;
            full.run();
        }
        if (open.size() >= MOST_FILES) {
            return false;
        }
        try {
            file = create();
        } catch (IOException e) {
            return false; // no room for temporary files: the files themselves are sent
        }
        open.add(new PhantomReference<>(file, closed));
        used = 0;
        return true;
    }

    private static OpenFile create() throws IOException {
        Path path = Files.createTempFile("netlabs-http", null);
        try {
            return OpenFile.shared(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), path);
        } finally {
            Files.delete(path);
        }
    }

    /**
     * Keeps what remains in {@code content}; after {@link #hasRoom}.
     *
     * @throws IOException if the disk is full
     */
    Body keep(ByteBuffer content) throws IOException {
        long first = used;
        while (content.hasRemaining()) {
            used += file.channel().write(content, used);
        }
        return new Body.Segments(file, List.of(new Body.Section(new ByteRange(first, used - 1))));
    }
}
