package netlabs.filetransfer;

/** What an {@link Answer} says. The order is the wire's: the number is the {@link #ordinal}. */
enum Status {
    /** Go on: send the file; or, behind its bytes, it is stored. */
    OK,
    /** Not an answer yet: the server is still hashing or writing. */
    WORKING,
    /** The offer cannot be understood; the server closes the connection. */
    MALFORMED,
    /** The name is not one that a peer may give. */
    BAD_NAME,
    /** There is a file, folder or link with that name. */
    EXISTS,
    /** Another client is sending a file with that name. */
    BUSY,
    /** The file is larger than {@code --max-size}. */
    TOO_LARGE,
    /** The disk, or the quota, is full. */
    NO_SPACE,
    /** The folder cannot be written to. */
    NOT_WRITABLE,
    /** What came has another digest than what was sent. */
    DAMAGED,
    /** Nothing came for too long. */
    STALLED,
    /** The server is ending. */
    ENDING,
    /** The server has as many clients as it takes. */
    FULL;

    private static final Status[] ALL = values();

    /** Whether the server closes the connection after it, although no file is on its way. */
    boolean endsConnection() {
        return switch (this) {
            case MALFORMED, STALLED, ENDING, FULL -> true;
            default -> false;
        };
    }

    /**
     * @return null if there is none with this number
     */
    static Status of(int number) {
        return number < ALL.length ? ALL[number] : null;
    }
}
