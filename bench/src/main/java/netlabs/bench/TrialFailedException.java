package netlabs.bench;

/** A contestant did not do what it should; the others go on. */
final class TrialFailedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message one line: what happened
     */
    TrialFailedException(String message) {
        super(message);
    }
}
