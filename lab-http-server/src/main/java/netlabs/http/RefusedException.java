package netlabs.http;

/** A request is answered with an error. It has no stack trace: whoever sends bad requests sends many. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Status status;

    /**
     * @param why for the reader of the page: a sentence without its full stop
     */
    RefusedException(Status status, String why) {
        this(status, why, null);
    }

    /**
     * @param cause what a call of the file system failed with
     */
    RefusedException(Status status, String why, Throwable cause) {
        super(why, cause, false, false);
        this.status = status;
    }

    static RefusedException badRequest(String why) {
        return new RefusedException(Status.BAD_REQUEST, why);
    }

    static RefusedException timeout() {
        return new RefusedException(Status.REQUEST_TIMEOUT, "all of a request has to come within a time limit");
    }

    Status status() {
        return status;
    }
}
