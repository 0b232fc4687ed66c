package netlabs.bench;

import java.util.List;

/**
 * What a load generator sends on each connection.
 *
 * @param bytes the length of a message, newline or header included
 * @param options those of the generator that say more: the format, how many messages are on their way
 */
record Messages(int bytes, List<String> options) {
    /** A line or a datagram of 64 bytes, each with one on its way. */
    static final Messages LINES = new Messages(64, List.of());

    /**
     * Frames of LABS.md §5.
     *
     * @param kind fixed or variable
     * @param bytes header and text; 29 of a fixed frame
     * @param window how many of them each connection has on their way
     */
    static Messages frames(String kind, int bytes, int window) {
        return new Messages(bytes, List.of("-f", kind, "-w", Integer.toString(window)));
    }
}
