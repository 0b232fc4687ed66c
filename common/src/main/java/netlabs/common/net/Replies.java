package netlabs.common.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The replies to one client that leave together: as many messages as came in one receive are answered
 * in one write. Reused from message to message.
 */
public final class Replies {
    private static final int FULL_BYTES = 16 * 1024;
    private static final int SMALL_BYTES = 256;

    private final Connection client;
    private ByteBuffer bytes = ByteBuffer.allocate(SMALL_BYTES);

    /** None yet. */
    public Replies(Connection client) {
        this.client = client;
    }

    /** Adds a reply; sends what there is if it has become much. */
    public void add(ByteBuffer content, Ending ending) throws IOException {
        int size = content.remaining() + Ending.LONGEST;
        if (size > bytes.remaining()) {
            int needed = bytes.position() + size;
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), needed)).put(bytes.flip());
        }
        ending.append(bytes.put(content));
        if (bytes.position() >= FULL_BYTES) {
            send();
        }
    }

    /** Sends what was added. */
    public void send() throws IOException {
        client.send(bytes.array(), bytes.position());
        bytes = bytes.capacity() > 2 * FULL_BYTES ? ByteBuffer.allocate(SMALL_BYTES) : bytes.clear();
    }
}
