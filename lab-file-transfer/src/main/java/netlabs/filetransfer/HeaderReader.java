package netlabs.filetransfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import netlabs.common.net.Connection;
import netlabs.common.net.MalformedMessageException;

/**
 * Receives the headers of one connection, to the byte: what follows them is the file's, and is received
 * by somebody else.
 */
final class HeaderReader {
    private final Connection peer;
    private final int waitMillis;

    /**
     * @param waitMillis how long to wait for bytes; 0: for ever
     */
    HeaderReader(Connection peer, int waitMillis) {
        this.peer = peer;
        this.waitMillis = waitMillis;
    }

    /**
     * @return the next offer; null if the peer has ended instead
     * @throws MalformedMessageException if it is none, or the stream ends inside it
     */
    Offer offer() throws IOException {
        ByteBuffer head = bytes(Offer.HEAD_BYTES);
        if (head == null) {
            return null;
        }
        return Offer.of(head, rest(Offer.nameLength(head)));
    }

    /**
     * @return the next answer; null if the peer has ended instead
     * @throws MalformedMessageException if it is none, or the stream ends inside it
     */
    Answer answer() throws IOException {
        ByteBuffer head = bytes(Answer.HEAD_BYTES);
        if (head == null) {
            return null;
        }
        return Answer.of(head, rest(Answer.restLength(head)));
    }

    /**
     * @return the next {@code count} bytes, which must come
     */
    ByteBuffer rest(int count) throws IOException {
        ByteBuffer bytes = bytes(count);
        if (bytes == null) {
            throw endedAfter(0, count);
        }
        return bytes;
    }

    /**
     * @return the next {@code count} bytes; null if the stream ends before the first
     */
    private ByteBuffer bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count; ) {
            byte[] part = new byte[count - have];
            int more = peer.receive(part, waitMillis);
            if (more < 0 && have == 0) {
                return null;
            }
            if (more < 0) {
                throw endedAfter(have, count);
            }
            System.arraycopy(part, 0, bytes, have, more);
            have += more;
        }
        return ByteBuffer.wrap(bytes);
    }

    private static MalformedMessageException endedAfter(int have, int count) {
        return new MalformedMessageException("header that ended after " + have + " of " + count + " bytes");
    }
}
