package netlabs.common.net;

/** What ended a message on the wire. It is not part of the message's content. */
public enum Ending {
    /** Nothing on the wire: a pause or the half-close. */
    NONE(""),
    /** {@code \n} */
    LF("\n"),
    /** {@code \r\n} */
    CRLF("\r\n");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /**
     * @return the ending's characters, all of them ASCII
     */
    public String text() {
        return text;
    }

    /** The ending of the reply to a message that ended like this: a newline for a newline. */
    public Ending ofReply() {
        return this == NONE ? NONE : LF;
    }
}
