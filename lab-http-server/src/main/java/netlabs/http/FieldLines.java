package netlabs.http;

import java.nio.charset.StandardCharsets;

/** The field lines of a head that {@link HeadScanner} has let through (RFC 9112 §5). */
final class FieldLines {
    /** Takes the fields one by one. */
    interface Sink {
        /**
         * One field line; name and value are sections of {@code head}, without the white space around the
         * value.
         *
         * @throws RefusedException if it may not stand there
         */
        void field(byte[] head, int name, int nameEnd, int value, int valueEnd) throws RefusedException;
    }

    /** For each character below 128, whether a token may have it (RFC 9110 §5.6.2). */
    private static final boolean[] IS_TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            IS_TOKEN[c] = c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a';
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            IS_TOKEN[c] = true;
        }
    }

    private FieldLines() {}

    static boolean isToken(byte c) {
        return c >= 0 && IS_TOKEN[c];
    }

    /**
     * Gives each field line to {@code sink}.
     *
     * @param from the first byte behind the start line
     * @param to behind the empty line
     * @throws RefusedException if a line is none: no colon, white space before it, or a line that begins with
     *     white space (obs-fold, RFC 9112 §5.2), all of which servers have understood in different ways
     */
    static void parse(byte[] head, int from, int to, Sink sink) throws RefusedException {
        for (int at = from; at < to; ) {
            int lineEnd = at;
            while (head[lineEnd] != '\n') {
                lineEnd++;
            }
            int end = lineEnd > at && head[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            if (end > at) {
                parseLine(head, at, end, sink);
            }
            at = lineEnd + 1;
        }
    }

    private static void parseLine(byte[] head, int from, int end, Sink sink) throws RefusedException {
        int colon = from;
        while (colon < end && isToken(head[colon])) {
            colon++;
        }
        if (colon == end || head[colon] != ':' || colon == from) {
            throw RefusedException.badRequest(faultOfName(head, from, colon, end));
        }
        int value = colon + 1;
        while (value < end && isBlank(head[value])) {
            value++;
        }
        int valueEnd = end;
        while (valueEnd > value && isBlank(head[valueEnd - 1])) {
            valueEnd--;
        }
        sink.field(head, from, colon, value, valueEnd);
    }

    private static String faultOfName(byte[] head, int from, int stop, int end) {
        if (isBlank(head[from])) {
            return "a field line begins with white space";
        }
        if (stop < end && isBlank(head[stop])) {
            return "white space stands before the colon of a field";
        }
        return stop == end ? "a field line has no colon" : "the name of a field is none";
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /** Whether a section of {@code head} is {@code lowerCase}, in letters of any case. */
    static boolean is(byte[] head, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            byte c = head[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A section as text. A byte is a character: beyond ASCII it is opaque (RFC 9110 §5.5). */
    static String text(byte[] head, int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
