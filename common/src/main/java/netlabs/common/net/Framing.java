package netlabs.common.net;

/** Where a text message ends in the byte stream of TCP (LABS.md §0, message boundaries). */
public enum Framing {
    /**
     * At LF or CRLF; or, without one, when the peer half-closes or sends nothing more for the quiet
     * period. Once a connection's first message ended with a newline, the quiet period no longer
     * applies to it.
     */
    AUTO,
    /** At LF or CRLF only; a last line without one ends at the half-close. */
    LINE,
    /** When the peer half-closes or sends nothing more for the quiet period; newlines are content. */
    BARE
}
