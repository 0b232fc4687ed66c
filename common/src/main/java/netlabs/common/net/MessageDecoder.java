package netlabs.common.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the byte stream of one connection into text messages (LABS.md §0): the one definition of a
 * message for every TCP server and client of the suite. It does no input and output and has no
 * clock; whoever drives it reports bytes, quiet and the half-close:
 *
 * <pre>
 *              bytes with LF                      bytes with LF
 *   UNDECIDED ───────────────► LINES ◄─┐   BARES ─────────────► message, still BARES
 *      │  ▲ bytes without LF     └─────┘     │ quiet, pending
 *      └──┘                     bytes        └───────────────► message, still BARES
 *      │ quiet, pending
 *      └───────────────────────────────────► BARES
 * </pre>
 *
 * In {@code LINES} quiet means nothing. {@link Framing#LINE} starts there and {@link Framing#BARE}
 * in {@code BARES} with LF as content. Any split of the same bytes gives the same messages.
 *
 * <p>A message that lies whole in the bytes received is not copied, and an idle connection holds no
 * buffer.
 */
public final class MessageDecoder {
    /** The longest content of a message that a server takes, in bytes, without its ending. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final byte[] EMPTY = {};

    private final int maxLength;
    private final boolean newlineEnds;
    private boolean quietEnds;
    private boolean decided;

    /** The beginning of an unfinished message, in pending[0..pendingLength). */
    private byte[] pending = EMPTY;

    private int pendingLength;

    /**
     * A view of {@code source} that {@link #content} is cut from; made anew for a new source only.
     */
    private ByteBuffer view;

    private ByteBuffer source;

    private ByteBuffer content;
    private Ending ending;

    /** A decoder at the beginning of a connection, with the bound {@link #MAX_LENGTH}. */
    public MessageDecoder(Framing framing) {
        this(framing, MAX_LENGTH);
    }

    /**
     * A decoder at the beginning of a connection.
     *
     * @param maxLength the longest content of a message, in bytes
     */
    public MessageDecoder(Framing framing, int maxLength) {
        this.maxLength = maxLength;
        newlineEnds = framing != Framing.BARE;
        quietEnds = framing != Framing.LINE;
        decided = framing != Framing.AUTO;
    }

    /**
     * Takes bytes from {@code received} up to the end of the next message, or all of them.
     *
     * @return true if a message is complete: see {@link #content} and {@link #ending}. Call again for
     *     the rest of the bytes. False once all are taken.
     * @throws MessageTooLongException if the message's content exceeds {@link #maxLength}; the
     *     decoder is of no use after that
     */
    public boolean next(ByteBuffer received) throws MessageTooLongException {
        int start = received.position();
        int newline = newlineEnds ? indexOfNewline(received) : -1;
        if (newline < 0) {
            keep(received, start, received.limit());
            received.position(received.limit());
            if (pendingLength > maxLength && !endsWithCarriageReturnAtBound()) {
                throw new MessageTooLongException(maxLength);
            }
            return false;
        }
        received.position(newline + 1);
        if (pendingLength == 0) {
            boolean crlf = newline > start && received.get(newline - 1) == '\r';
            complete(slice(received, start, crlf ? newline - 1 : newline), crlf ? Ending.CRLF : Ending.LF);
        } else {
            keep(received, start, newline);
            boolean crlf = pending[pendingLength - 1] == '\r';
            takePending(crlf ? pendingLength - 1 : pendingLength, crlf ? Ending.CRLF : Ending.LF);
        }
        if (content.remaining() > maxLength) {
            throw new MessageTooLongException(maxLength);
        }
        if (!decided) {
            decided = true;
            quietEnds = false;
        }
        return true;
    }

    /**
     * The quiet period has passed without a byte.
     *
     * @return true if that completed a message
     * @throws MessageTooLongException as {@link #end} does
     */
    public boolean quiet() throws MessageTooLongException {
        return quietEnds && end();
    }

    /**
     * The peer has half-closed.
     *
     * @return true if that completed a message; false if nothing was pending
     * @throws MessageTooLongException if the last byte, a CR, was one too many: no LF followed
     */
    public boolean end() throws MessageTooLongException {
        if (pendingLength == 0) {
            return false;
        }
        if (pendingLength > maxLength) {
            throw new MessageTooLongException(maxLength);
        }
        decided = true;
        takePending(pendingLength, Ending.NONE);
        return true;
    }

    /** Whether bytes are pending that {@link #quiet} would make a message. */
    public boolean awaitsQuiet() {
        return quietEnds && pendingLength > 0;
    }

    /**
     * @return the number of bytes of the unfinished message
     */
    public int pending() {
        return pendingLength;
    }

    /**
     * @return the bytes of the message that was completed last, without its ending; valid until the
     *     next call of any method of this decoder or change of the bytes it was given
     */
    public ByteBuffer content() {
        return content;
    }

    /**
     * @return what ended the message that was completed last
     */
    public Ending ending() {
        return ending;
    }

    /** One byte over the bound is no overflow yet if it is the CR of a CRLF to come. */
    private boolean endsWithCarriageReturnAtBound() {
        return newlineEnds && pendingLength == maxLength + 1 && pending[maxLength] == '\r';
    }

    private static int indexOfNewline(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Appends bytes [start, end) to the pending ones, but not much more than the bound asks for. */
    private void keep(ByteBuffer bytes, int start, int end) {
        int length = Math.min(end - start, maxLength + 2 - pendingLength);
        if (pendingLength + length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, pendingLength + length));
        }
        bytes.get(start, pending, pendingLength, length);
        pendingLength += length;
    }

    private void takePending(int length, Ending by) {
        complete(ByteBuffer.wrap(pending, 0, length), by);
        pending = EMPTY;
        pendingLength = 0;
    }

    private void complete(ByteBuffer bytes, Ending by) {
        content = bytes;
        ending = by;
    }

    private ByteBuffer slice(ByteBuffer bytes, int start, int end) {
        if (source != bytes) {
            source = bytes;
            view = bytes.duplicate();
        }
        return view.limit(end).position(start);
    }
}
