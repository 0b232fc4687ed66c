package netlabs.filetransfer;

import java.io.IOException;

/** A file is not taken; the message says why, to both ends. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final Status status;

    /**
     * @param why behind the file's name and a colon: {@code it exists already}
     */
    RefusedException(Status status, String why) {
        super(why);
        this.status = status;
    }

    /**
     * @param cause what the file system said
     */
    RefusedException(Status status, String why, IOException cause) {
        super(why, cause);
        this.status = status;
    }

    Status status() {
        return status;
    }
}
