package netlabs.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import netlabs.common.LabException;

/** A picture's file: it is there as a whole or as it was before. */
final class Picture {
    private Picture() {}

    /**
     * Writes {@code text} as UTF-8.
     *
     * @throws LabException if the folder or the disk does not take it
     */
    static void write(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes); // /dev/stdout, a FIFO
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file; // a link stays one
            Path unfinished = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(unfinished, target);
            } catch (IOException e) {
                Files.deleteIfExists(unfinished);
                throw e;
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", file, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
