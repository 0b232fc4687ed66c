package netlabs.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The head of a response as the client reads it (RFC 9112 §4), and what it says of the body behind it. */
final class ResponseHead implements FieldLines.Sink {
    /** How the end of a body is found (RFC 9112 §6.3). */
    enum Framing {
        NO_BODY,
        LENGTH,
        CHUNKED,
        /** The connection's end is the body's. */
        UNTIL_CLOSE
    }

    /** Its reason may have any byte: to a pattern without DOTALL 0x85 is a line's end. */
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] [1-9][0-9][0-9]( .*)?", Pattern.DOTALL);

    private static final int STATUS_AT = 9;
    private static final int MAX_LENGTH_DIGITS = 18;

    private final String statusLine;
    private final int status;
    private final List<String> fields = new ArrayList<>();
    private boolean chunked;
    private boolean otherCoding;
    private long contentLength = -1;

    private ResponseHead(String statusLine, int status) {
        this.statusLine = statusLine;
        this.status = status;
    }

    /**
     * Parses a head that {@link HeadScanner} has let through.
     *
     * @param to behind the empty line
     * @throws RefusedException if it is none
     */
    static ResponseHead parse(byte[] head, int to) throws RefusedException {
        int from = 0;
        while (head[from] == '\r' || head[from] == '\n') {
            from++;
        }
        int end = from;
        while (head[end] != '\n') {
            end++;
        }
        String line = FieldLines.text(head, from, end > from && head[end - 1] == '\r' ? end - 1 : end);
        if (!STATUS_LINE.matcher(line).matches()) {
            throw RefusedException.badRequest("its first line is no status line of HTTP/1.1");
        }
        int status = Integer.parseInt(line.substring(STATUS_AT, STATUS_AT + 3));
        ResponseHead response = new ResponseHead(line, status);
        FieldLines.parse(head, end + 1, to, response);
        return response;
    }

    @Override
    public void field(byte[] head, int name, int nameEnd, int value, int valueEnd) throws RefusedException {
        String text = FieldLines.text(head, value, valueEnd);
        fields.add(FieldLines.text(head, name, nameEnd) + ": " + text);
        if (FieldLines.is(head, name, nameEnd, "transfer-encoding")) {
            otherCoding |= chunked || !text.equalsIgnoreCase("chunked");
            chunked = true;
        } else if (FieldLines.is(head, name, nameEnd, "content-length")) {
            if (text.length() > MAX_LENGTH_DIGITS || !text.matches("[0-9]+")) {
                throw RefusedException.badRequest("its Content-Length is no length");
            }
            long length = Long.parseLong(text);
            if (contentLength >= 0 && contentLength != length) {
                throw RefusedException.badRequest("it has two Content-Lengths that differ");
            }
            contentLength = length;
        }
    }

    /**
     * @return {@code HTTP/1.1 200 OK}
     */
    String statusLine() {
        return statusLine;
    }

    int status() {
        return status;
    }

    /** Whether another response follows this one: 100 Continue, 103 Early Hints. */
    boolean isInterim() {
        return status < 200;
    }

    /**
     * @return the field lines as they came: {@code Content-Type: text/html}
     */
    List<String> fields() {
        return fields;
    }

    /**
     * @param toHead whether it answers a HEAD
     * @throws RefusedException if the body comes in a coding that nobody asked for
     */
    Framing framing(boolean toHead) throws RefusedException {
        if (toHead || isInterim() || status == 204 || status == 304) {
            return Framing.NO_BODY;
        }
        if (otherCoding) {
            throw RefusedException.badRequest("its transfer coding is not chunked");
        }
        if (chunked) {
            return Framing.CHUNKED;
        }
        return contentLength >= 0 ? Framing.LENGTH : Framing.UNTIL_CLOSE;
    }

    /**
     * @return in bytes; -1: it does not say
     */
    long contentLength() {
        return contentLength;
    }
}
