package netlabs.common.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
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

        /**
         * @return the limit of {@link EventConnection#startDeadline}, in milliseconds; 0: there is none
         */
        default int deadlineMillis() {
            return 0;
        }
    }

    /**
     * Takes all of {@code bytes}, which are valid during this call only.
     *
     * @throws MalformedMessageException for {@link EventConnection#refuse}
     * @throws IOException if the client cannot be served any more: it is reported, and reset
     */
    void received(ByteBuffer bytes) throws IOException;

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
     * @throws IOException as {@link #received} does
     */
    void ended() throws IOException;

    /**
     * @return whether there is more to send than {@link EventConnection} has taken: nothing is received
     *     until that is done, and {@link #writable} is called when the socket takes more
     */
    default boolean isSending() {
        return false;
    }

    /**
     * All that was sent before has left. Goes on where {@link #isSending} made it stop.
     *
     * @throws IOException if it cannot: the connection is reset
     */
    default void writable() throws IOException {}

    /**
     * The peer has sent nothing for the idle timeout, and nothing is being sent to it.
     *
     * @throws IOException if that is its fault, which is reported; else the handler has finished the connection
     */
    default void idle() throws IOException {
        throw new SocketTimeoutException(SocketErrors.SENT_NOTHING);
    }

    /**
     * The time since {@link EventConnection#startDeadline} is over.
     *
     * @throws IOException if the peer has failed by that: it is reported, and the connection is closed
     */
    default void deadlineIsOver() throws IOException {}

    /** The connection is about to be closed. The last call, in every case. */
    void closed();
}
