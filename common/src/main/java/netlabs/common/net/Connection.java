package netlabs.common.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * One connected TCP socket, used by one thread in blocking calls, and stopped by another.
 *
 * <pre>
 *            stop()                 receive() has handed over      close()
 *   OPEN ──────────────► STOPPING ──── all that had arrived ──► END ──────► CLOSED
 *     │                     │                                                 ▲
 *     └─────────────────────┴──────────────── abort() ────────────────────────┘
 * </pre>
 *
 * {@link #stop} is for Ctrl-C: what the client had sent before is still received and answered, and
 * then {@link #receive} reports the end of the stream. {@link #abort} is for a client that hangs:
 * whatever call is blocked fails at once.
 */
public final class Connection implements AutoCloseable {
    private static final int DRAIN_BYTES = 4 << 20;
    private static final int DRAIN_MILLIS = 1_000;

    private final Socket socket;
    private final InputStream in;
    private final InetSocketAddress peer;
    private int timeoutMillis;
    private boolean receiving;
    private boolean stopping;

    /** {@link System#nanoTime} when the send that is under way began; 0: none is. */
    private volatile long sendingSince;

    private volatile boolean sendTimedOut;

    /**
     * @param socket connected. TCP_NODELAY is set: a reply is one write and must not wait for the
     *     acknowledgement of the one before (tcp(7)).
     * @throws IOException if the peer has gone already
     */
    public Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        socket.setTcpNoDelay(true);
    }

    /**
     * @return the socket address of the other side
     */
    public InetSocketAddress peer() {
        return peer;
    }

    /**
     * Blocks until at least one byte has come; one {@code recv}(2).
     *
     * @param waitMillis how long to wait for it; 0: for ever
     * @return the number of bytes put at the beginning of {@code buffer}; -1 when the peer has
     *     half-closed, or after {@link #stop} when nothing more is there
     * @throws SocketTimeoutException if nothing came in time; the connection can still be used
     */
    public int receive(byte[] buffer, int waitMillis) throws IOException {
        if (waitMillis != timeoutMillis) {
            socket.setSoTimeout(waitMillis);
            timeoutMillis = waitMillis;
        }
        synchronized (this) {
            if (stopping && in.available() == 0) {
                return -1;
            }
            receiving = true;
        }
        try {
            return in.read(buffer);
        } finally {
            synchronized (this) {
                receiving = false;
            }
        }
    }

    /**
     * @return how many bytes {@link #receive} would return without waiting
     */
    int available() throws IOException {
        return in.available();
    }

    /**
     * Sends all of {@code bytes} in one write; blocks while the peer's window is closed.
     *
     * @throws SocketTimeoutException if {@link #timeOutBlockedSend} ended it
     */
    public void send(byte[] bytes) throws IOException {
        sendingSince = System.nanoTime() | 1;
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw sendTimedOut ? new SocketTimeoutException("took nothing for too long (idle timeout)") : e;
        } finally {
            sendingSince = 0;
        }
    }

    /**
     * Sends {@code last}, half-closes, and receives and drops what the peer is still sending, up to 4
     * MiB and one second. Closing with unread bytes would send a RST, which destroys {@code last} on
     * its way (RFC 1122 §4.2.2.13).
     */
    public void sendLast(byte[] last) throws IOException {
        send(last);
        socket.shutdownOutput();
        byte[] dropped = new byte[64 * 1024];
        long deadline = System.nanoTime() + DRAIN_MILLIS * 1_000_000L;
        for (int total = 0; total < DRAIN_BYTES; ) {
            int left = (int) ((deadline - System.nanoTime()) / 1_000_000);
            if (left <= 0) {
                return;
            }
            try {
                int count = receive(dropped, left);
                if (count < 0) {
                    return;
                }
                total += count;
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    /** Lets {@link #receive} hand over what has arrived until now, and no more. Any thread. */
    public void stop() throws IOException {
        synchronized (this) {
            stopping = true;
            // Bytes that are there will end a blocked receive by themselves; shutdownInput would drop
            // them.
            if (receiving && in.available() == 0) {
                socket.shutdownInput();
            }
        }
    }

    /** Whether {@link #stop} has been called. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Ends a {@link #send} that has been blocked for at least {@code millis}. Any other thread. */
    void timeOutBlockedSend(int millis) throws IOException {
        long since = sendingSince;
        if (since != 0 && System.nanoTime() - since >= millis * 1_000_000L) {
            sendTimedOut = true;
            abort();
        }
    }

    /** Closes the socket under whatever call is blocked on it. Any thread. */
    public void abort() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
