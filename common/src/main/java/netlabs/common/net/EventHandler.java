package netlabs.common.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a lab does with the bytes of one connection of an {@link EventLoop}: the protocol's state
 * between two events. It never blocks; its answers go to {@link EventConnection#send}.
 */
public interface EventHandler {
    /** Makes the handler of each new connection. */
    interface Factory {
        /** {@code client} was accepted and registered. In the thread of its loop. */
        EventHandler accepted(EventConnection client);

        /**
         * @return what a client is told that is one too many; empty where the protocol has no word for it
         */
        default byte[] refusal(int maxClients) {
            return ServerFull.line(maxClients).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Takes all of {@code bytes}, which are valid during this call only.
     *
     * @throws MalformedMessageException for {@link EventConnection#refuse}
     */
    void received(ByteBuffer bytes) throws MalformedMessageException;

    /**
     * @return whether {@link #quiet} should be called once nothing has come for the quiet period
     */
    boolean awaitsQuiet();

    /**
     * The peer has sent nothing for the quiet period.
     *
     * @throws MalformedMessageException for {@link EventConnection#refuse}
     */
    void quiet() throws MalformedMessageException;

    /**
     * The peer has half-closed: nothing more will be received.
     *
     * @throws MalformedMessageException for {@link EventConnection#refuse}
     */
    void ended() throws MalformedMessageException;

    /** The connection is about to be closed. The last call, in every case. */
    void closed();
}
