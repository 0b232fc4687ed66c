package netlabs.common.cli;

/** The command line is wrong in a way that its parser cannot see: exit status 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message one line, which names the options
     */
    public UsageException(String message) {
        super(message);
    }
}
