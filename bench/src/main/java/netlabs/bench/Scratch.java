package netlabs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is there until it is closed, or this program is ended: Ctrl-C must not leave gigabytes. */
final class Scratch implements AutoCloseable {
    /** A file that is made meanwhile is seen by the next. */
    private static final int ATTEMPTS = 10;

    private final Path folder;
    private final Thread hook;

    private Scratch(Path folder) {
        this.folder = folder;
        this.hook = new Thread(this::deleteWhatCanBe, "delete " + folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param parent is made if it is not there, and stays
     * @throws IOException if there can be no folder in it
     */
    static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent, "netlabs-"));
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this program is ending, and the hook is doing just that
        }
        delete();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** While the programs that write into the folder are being ended as well. */
    private void deleteWhatCanBe() {
        for (int attempt = 1; Files.exists(folder) && attempt <= ATTEMPTS; attempt++) {
            try {
                delete();
            } catch (IOException | UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    System.err.println("warning: " + folder + " is not deleted: " + e.getMessage());
                }
            }
        }
    }
}
