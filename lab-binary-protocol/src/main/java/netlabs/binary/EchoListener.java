package netlabs.binary;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import netlabs.common.LabException;
import netlabs.common.net.Connection;
import netlabs.common.net.SocketErrors;

/**
 * The receiving half of a client, a thread of its own: while one side sends a large frame the other may
 * be sending its echo already, and if neither received, both would wait for ever. What comes is compared
 * with what must come, byte by byte, and not kept. It also ends a send that the server does not take.
 */
final class EchoListener {
    private static final int BUFFER_BYTES = 16 * 1024;

    /** A binary protocol without an error frame can say no more. */
    private static final String REASON = " - the server prints why";

    private final Connection connection;
    private final String server;
    private final int timeoutMillis;
    private final boolean echo;

    /** What must come next. */
    private ByteBuffer expected = ByteBuffer.allocate(0);

    private boolean answered;
    private boolean halfClosed;
    private boolean ended;

    /** Why nothing more can be expected; null as long as it can. */
    private LabException fault;

    private EchoListener(Connection connection, BinaryClient.Options options) {
        this.connection = connection;
        this.server = options.server();
        this.timeoutMillis = options.timeoutMillis();
        this.echo = options.echo();
    }

    /** Starts to receive. The thread ends with the connection. */
    static EchoListener start(Connection connection, BinaryClient.Options options) {
        EchoListener listener = new EchoListener(connection, options);
        Thread thread = new Thread(listener::receive, "receiver");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    /** {@code frame} is about to be sent, and must come back. */
    synchronized void expect(ByteBuffer frame) {
        expected = frame.duplicate();
    }

    /**
     * Waits for the end of what is expected.
     *
     * @throws LabException if it does not come in time, or something else does
     */
    synchronized void awaitEcho() throws InterruptedException {
        if (!await(() -> !expected.hasRemaining())) {
            int came = expected.position();
            throw new LabException(
                    (came > 0 ? "only " + came + " of " + expected.limit() + " bytes of the echo came" : "no echo")
                            + " from " + within() + (answered ? "" : " - is the server run with --echo?"));
        }
    }

    /**
     * The client is about to half-close: from now on the server may end the connection. One that has
     * echoed everything may have done so before.
     *
     * @throws LabException as {@link #check} does
     */
    synchronized void expectEnd() {
        halfClosed = echo && !expected.hasRemaining();
        check();
        halfClosed = true;
    }

    /**
     * Waits for the server's end of the connection.
     *
     * @throws LabException if it does not come in time, or something else does
     */
    synchronized void awaitEnd() throws InterruptedException {
        if (!await(() -> ended)) {
            throw new LabException("no end of the connection from " + within() + " - has the server read everything?");
        }
    }

    /**
     * Returns at once.
     *
     * @throws LabException if the server has done what it should not
     */
    synchronized void check() {
        if (fault != null) {
            throw fault;
        }
        if (ended && !halfClosed) {
            throw new LabException(server + " closed the connection before the last frame was "
                    + (expected.hasRemaining() ? "echoed" : "sent") + REASON);
        }
    }

    /**
     * Why a send has failed. What ends a connection is told to the receive: the send only finds it closed.
     */
    synchronized LabException sendFailed(IOException e) throws InterruptedException {
        if (e instanceof SocketTimeoutException) {
            return new LabException(server + " took nothing for " + timeoutMillis + " ms", e);
        }
        await(() -> false);
        return new LabException(server + " " + SocketErrors.peerFault(e), e);
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        while (fault != null || !condition.holds()) {
            check();
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private void receive() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = 0; count >= 0; ) {
                try {
                    count = connection.receive(buffer, timeoutMillis);
                    received(buffer, count);
                } catch (SocketTimeoutException e) {
                    if (connection.timeOutIfBlocked(timeoutMillis)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            fail(new LabException(server + " " + SocketErrors.peerFault(e) + REASON, e));
        }
    }

    private synchronized void received(byte[] bytes, int count) {
        if (count < 0) {
            ended = true;
        }
        for (int i = 0; i < count && fault == null; i++) {
            answered = true;
            if (!expected.hasRemaining()) {
                fail(unexpected());
            } else if (expected.get() != bytes[i]) {
                fail(other(bytes[i]));
            }
        }
        notifyAll();
    }

    private LabException unexpected() {
        return new LabException(server
                + (echo
                        ? " sent something that is no echo"
                        : " sends something back - if it is run with --echo, run the client with it, too"));
    }

    private LabException other(byte came) {
        int at = expected.position() - 1;
        return new LabException(server + " sent back another frame: byte " + at + " is " + Hexdump.hex(came) + ", and "
                + Hexdump.hex(expected.get(at)) + " was sent");
    }

    private synchronized void fail(LabException e) {
        if (fault == null) {
            fault = e;
        }
        notifyAll();
    }

    private String within() {
        return server + " within " + timeoutMillis + " ms";
    }
}
