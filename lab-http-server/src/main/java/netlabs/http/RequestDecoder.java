package netlabs.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.UnfinishedBytes;

/**
 * Turns the bytes of one connection into its requests, whatever pieces they come in:
 *
 * <pre>
 *   HEAD ── the empty line ──► Content-Length ──► LENGTH ──┐ all of it
 *    ▲ │                  └──► chunked ─────────► CHUNKS ──┤ the last chunk
 *    │ └── no body                                         │
 *    └──────────── {@link #next} is true ◄─────────────────┘
 * </pre>
 *
 * No request to a static file needs a body. One that comes is read and dropped, up to a limit, so that the
 * request behind it is found where it begins; before that the request does not count as complete.
 */
final class RequestDecoder {
    private enum State {
        HEAD,
        LENGTH,
        CHUNKS,
        /** Nothing more is understood, for a body was left where it is. */
        CLOSED
    }

    private static final int FIRST_BYTES = 512;

    /** A head that is longer is counted, and its room is not kept. */
    private static final int KEPT_BYTES = 4 * 1024;

    private static final byte[] NONE = new byte[0];

    private final long maxBody;
    private final UnfinishedBytes memory;
    private final HeadScanner scanner = new HeadScanner();
    private final Request request = new Request();
    private byte[] head = NONE;
    private int used;
    private State state = State.HEAD;

    /** Of a body: how much is still to come, or how much has come in chunks. */
    private long count;

    private ChunkedDecoder chunks;
    private boolean continueIsDue;

    /**
     * @param maxBody the longest body that is read, in bytes
     */
    RequestDecoder(long maxBody) {
        this(maxBody, UnfinishedBytes.unbounded());
    }

    /**
     * @param memory for heads that are longer than most, of all clients together
     */
    RequestDecoder(long maxBody, UnfinishedBytes memory) {
        this.maxBody = maxBody;
        this.memory = memory;
    }

    /** Nothing more will come: what is kept is given back. */
    void discard() {
        if (head.length > KEPT_BYTES) {
            memory.give(head.length);
            head = NONE;
            used = 0;
        }
    }

    /**
     * Takes from {@code bytes} until a request is complete, or all.
     *
     * @return whether {@link #request} is the next one, until the next call
     * @throws RefusedException if nobody knows where the next request would begin: the connection has to be
     *     closed after the answer
     */
    boolean next(ByteBuffer bytes) throws RefusedException {
        continueIsDue = false;
        try {
            if (state == State.HEAD && !readHead(bytes)) {
                return false;
            }
            return readBody(bytes);
        } catch (RefusedException e) {
            state = State.CLOSED;
            throw e;
        }
    }

    /** The request that is complete, or whose body is coming. */
    Request request() {
        return request;
    }

    /** Whether some of a request has come and not all of it. */
    boolean isInside() {
        return state == State.LENGTH || state == State.CHUNKS || state == State.HEAD && scanner.isInside();
    }

    /** Whether the client waits for {@code 100 Continue} before it sends the body. True once. */
    boolean isContinueDue() {
        return continueIsDue;
    }

    /** Whether nothing that comes now is understood. */
    boolean isClosed() {
        return state == State.CLOSED;
    }

    /**
     * @return the request line as far as it has come, for the log: {@code GET / HTTP/1.1}; empty where none has
     */
    String line() {
        int from = 0;
        while (from < used && (head[from] == '\r' || head[from] == '\n')) {
            from++;
        }
        int to = from;
        while (to < used && head[to] != '\n' && head[to] != '\r') {
            to++;
        }
        return FieldLines.text(head, from, to);
    }

    private boolean readHead(ByteBuffer bytes) throws RefusedException {
        if (!scanner.isInside()) {
            discard();
            used = 0;
        }
        int end;
        try {
            end = scanner.scan(bytes);
        } catch (RefusedException e) {
            keep(bytes, Math.min(bytes.limit(), bytes.position() + HeadScanner.MAX_LINE));
            throw e;
        }
        keep(bytes, end < 0 ? bytes.limit() : end);
        if (end < 0) {
            return false;
        }
        scanner.reset();
        request.parse(head, used);
        if (request.contentLength() > maxBody) {
            throw tooLarge();
        }
        if (request.isChunked()) {
            state = State.CHUNKS;
            chunks = new ChunkedDecoder();
            count = 0;
        } else if (request.contentLength() > 0) {
            state = State.LENGTH;
            count = request.contentLength();
        }
        return true;
    }

    private void keep(ByteBuffer bytes, int end) throws RefusedException {
        int length = end - bytes.position();
        if (used + length > head.length) {
            grow(Math.max(Math.max(FIRST_BYTES, 2 * used), used + length));
        }
        bytes.get(head, used, length);
        used += length;
    }

    private void grow(int size) throws RefusedException {
        try {
            if (size > KEPT_BYTES) {
                memory.take(size);
            }
        } catch (MalformedMessageException e) {
            throw new RefusedException(Status.SERVICE_UNAVAILABLE, "the server has no memory for a head that long");
        }
        byte[] larger = Arrays.copyOf(head, size);
        if (head.length > KEPT_BYTES) {
            memory.give(head.length);
        }
        head = larger;
    }

    private boolean readBody(ByteBuffer bytes) throws RefusedException {
        if (state == State.HEAD) {
            return true;
        }
        if (state == State.CLOSED) {
            bytes.position(bytes.limit());
            return false;
        }
        boolean expects = request.expectsContinue() && !bytes.hasRemaining();
        if (expects && !isServed()) {
            state = State.CLOSED; // it has its answer without the body, and may or may not send that now
            return true;
        }
        if (state == State.LENGTH) {
            int length = (int) Math.min(count, bytes.remaining());
            bytes.position(bytes.position() + length);
            count -= length;
            if (count == 0) {
                state = State.HEAD;
                return true;
            }
        } else {
            for (int length; (length = chunks.next(bytes)) > 0; ) {
                bytes.position(bytes.position() + length);
                count += length;
                if (count > maxBody) {
                    throw tooLarge();
                }
            }
            if (chunks.isEnded()) {
                state = State.HEAD;
                return true;
            }
        }
        continueIsDue = expects && count == request.contentLength();
        return false;
    }

    private boolean isServed() {
        return request.method() == Request.Method.GET || request.method() == Request.Method.HEAD;
    }

    private RefusedException tooLarge() {
        return new RefusedException(Status.CONTENT_TOO_LARGE, "a body may have " + maxBody + " bytes here");
    }
}
