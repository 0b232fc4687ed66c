package netlabs.common;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The exercise failed, and the message tells the user what happened, to which address or file, and
 * what to do. The program prints it as its one error line and exits with status 1 (LABS.md §0).
 */
public class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message one line, without a final full stop
     */
    public LabException(String message) {
        super(message);
    }

    /**
     * @param message one line, without a final full stop
     * @param cause what {@code --verbose} shows
     */
    public LabException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * @param doing {@code cannot read} or {@code cannot write}
     * @return {@code cannot read in-proj.txt: no such file}
     */
    public static LabException ofFile(String doing, Path file, IOException cause) {
        return new LabException(doing + " " + file + ": " + reason(cause), cause);
    }

    /**
     * @param cause what a call of the file system failed with
     * @return {@code permission denied}, without the file's name
     */
    public static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        return cause instanceof FileSystemException e && e.getReason() != null ? e.getReason() : cause.getMessage();
    }
}
