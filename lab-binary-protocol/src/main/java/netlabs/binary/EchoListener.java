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

    private final Connection connection;
    private final String server;
    private final int timeoutMillis;

    /** What must come next. */
    private ByteBuffer expected = ByteBuffer.allocate(0);

    private boolean answered;
    private boolean halfClosed;
    private boolean ended;

    /** Why nothing more can be expected; null as long as it can. */
    private LabException fault;

    private EchoListener(Connection connection, String server, int timeoutMillis) {
        this.connection = connection;
        this.server = server;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Starts to receive. The thread ends with the connection.
     *
     * @param server {@code 127.0.0.1:5005}, for errors
     * @param timeoutMillis for each echo, and for each send
     */
    static EchoListener start(Connection connection, String server, int timeoutMillis) {
        EchoListener listener = new EchoListener(connection, server, timeoutMillis);
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

    /** The client is about to half-close: from now on the server may end the connection. */
    synchronized void expectEnd() {
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
    }

    /**
     * Why a send has failed. What ends a connection is told to the receive: the send only finds it closed.
     */
    synchronized LabException sendFailed(IOException e) throws InterruptedException {
        if (e instanceof SocketTimeoutException) {
            return new LabException(server + " took nothing for " + timeoutMillis + " ms", e);
        }
        await(() -> fault != null);
        return fault != null ? fault : new LabException(server + " " + SocketErrors.peerFault(e), e);
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        while (!condition.holds()) {
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
            fail(new LabException(server + " " + SocketErrors.peerFault(e), e));
        }
    }

    private synchronized void received(byte[] bytes, int count) {
        if (count < 0) {
            ended = true;
            if (!halfClosed) {
                fail(new LabException(server + " closed the connection before the last frame was "
                        + (expected.hasRemaining() ? "echoed" : "sent")));
            }
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
        return new LabException(
                expected.limit() == 0
                        ? server + " sends something back - if it is run with --echo, run the client with it, too"
                        : server + " sent more than the echo of the frame");
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
