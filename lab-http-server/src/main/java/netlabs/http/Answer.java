package netlabs.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An answer to a request, ready to be sent. That of a file that is asked for again and again is made once.
 * The fields that depend on the moment and on the connection, Date and Connection, are put in between its
 * head and the empty line.
 */
final class Answer {
    /** What a client is told that waits for a word before it sends a body (RFC 9110 §15.2.1). Not to be changed. */
    static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private static final byte[] END = ascii("\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n\r\n");

    /** Date and Connection, at most. */
    private static final int MOST_MORE = 80;

    private final Status status;
    private final byte[] head;
    private final Body body;

    private Answer(Status status, byte[] head, Body body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    /** The head of an answer that is being written: status line and fields, one after the other. */
    static final class Head {
        private final Status status;
        private final StringBuilder text;

        Head(Status status) {
            this.status = status;
            this.text =
                    new StringBuilder(256).append("HTTP/1.1 ").append(status).append("\r\n");
        }

        Head field(String name, Object value) {
            text.append(name).append(": ").append(value).append("\r\n");
            return this;
        }

        /**
         * @return in bytes, until now
         */
        int length() {
            return text.length();
        }

        /** The answer with these fields and {@code body}. */
        Answer with(Body body) {
            // Content-Type from the table and the rest of our own making; file names are percent-encoded.
            return new Answer(status, ascii(text.toString()), body);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Status status() {
        return status;
    }

    Body body() {
        return body;
    }

    /** The same to a HEAD: what would be sent, without it. */
    Answer withoutBody() {
        return body == Body.NONE ? this : new Answer(status, head, Body.NONE);
    }

    /**
     * @return how many bytes {@link #putHead} may put, with a {@link Body.Small} behind it
     */
    int room() {
        return head.length + MOST_MORE + (body instanceof Body.Small small ? small.bytes().length : 0);
    }

    /**
     * Puts the head, and the body where it is small.
     *
     * @param out has {@link #room}
     * @param close whether the connection is closed behind this answer
     * @param isHttp11 whether the client speaks that; to HTTP/1.0 it has to be said that it stays open (RFC 9112 §9.3)
     */
    void putHead(ByteBuffer out, boolean close, boolean isHttp11) {
        out.put(head).put(HttpDate.dateField()).put(close ? CLOSE : isHttp11 ? END : KEEP_ALIVE);
        if (body instanceof Body.Small small) {
            out.put(small.bytes());
        }
    }
}
