package netlabs.capture.file;

import netlabs.common.LabException;

/** A capture file that is no such file, or is damaged, or ends too soon. What was before the damage has been read. */
public final class MalformedCaptureException extends LabException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /**
     * @param offset of the header, block or record that is at fault, in bytes from the beginning of the file
     */
    MalformedCaptureException(String file, long offset, String fault) {
        super(file + ": " + fault + ", at byte " + offset);
        this.offset = offset;
    }

    /**
     * @return where the damage is, in bytes from the beginning of the file
     */
    public long offset() {
        return offset;
    }
}
