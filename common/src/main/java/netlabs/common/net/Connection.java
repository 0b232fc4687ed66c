package netlabs.common.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

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
 * {@link #stop} is for Ctrl-C: what had arrived before is still received and answered, and then
 * {@link #receive} reports the end of the stream. {@link #abort} is for a client that hangs: whatever
 * call is blocked fails at once.
 */
public final class Connection implements AutoCloseable {
    private static final int SLICE_BYTES = 16 * 1024;
    private static final int BULK_SLICE_BYTES = 64 * 1024;
    private static final int GATHERED_BYTES = 256 * 1024;
    private static final int DRAIN_BYTES = 64 << 20;
    private static final int DRAIN_MILLIS = 1_000;

    /** How long a client that was refused may pause in what it is still sending. */
    private static final int REFUSED_QUIET_MILLIS = 1_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final InetSocketAddress peer;
    private int timeoutMillis;
    private boolean receiving;

    /** Whether the receive that is under way began after {@link #stop}. */
    private boolean stoppedBefore;

    private boolean stopping;

    /** How many of the bytes that had arrived at {@link #stop} are still to be handed over. */
    private int left;

    private boolean inputShutDown;
    private boolean cutShort;

    /** {@link System#nanoTime} when the receive that is under way began; 0: none is. */
    private volatile long receivingSince;

    /** {@link System#nanoTime} at which a receive is ended; 0: never. */
    private volatile long receiveBy;

    /** The same of the send that is under way. */
    private volatile long sendingSince;

    /** Why a receive was ended by {@link #timeOutIfBlocked}; null if none was. */
    private volatile String timedOut;

    /** The file that the send under way is taken from; null: none is. */
    private FileChannel sendingFrom;

    /** Whether others send from it, too. */
    private boolean isShared;

    /** Why {@link #abort} was called. */
    private volatile String abortedFor;

    /**
     * @param socket connected. TCP_NODELAY is set: a reply is one write and must not wait for the
     *     acknowledgement of the one before (tcp(7)).
     * @throws IOException if the peer has gone already
     */
    public Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
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
     * @throws SocketTimeoutException if nothing came in time: the connection can still be used; or if
     *     another thread called {@link #abort}: it can not
     */
    public int receive(byte[] buffer, int waitMillis) throws IOException {
        if (waitMillis != timeoutMillis) {
            socket.setSoTimeout(waitMillis);
            timeoutMillis = waitMillis;
        }
        int most = beginReceive(buffer.length);
        if (most < 0) {
            return -1;
        }
        int count = -1;
        try {
            count = in.read(buffer, 0, most);
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            endReceive(count);
        }
        return count;
    }

    /**
     * The same into {@code buffer}, for as long as it takes, and without a copy where the buffer is a
     * direct one. For a socket that has a channel.
     *
     * @param buffer has room
     */
    public int receive(ByteBuffer buffer) throws IOException {
        int limit = buffer.limit();
        int most = beginReceive(buffer.remaining());
        if (most < 0) {
            return -1;
        }
        int count = -1;
        try {
            buffer.limit(buffer.position() + most);
            count = socket.getChannel().read(buffer);
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            buffer.limit(limit);
            endReceive(count);
        }
        return count;
    }

    /**
     * @return how many bytes the receive may take; -1 if there is none to come
     */
    private synchronized int beginReceive(int room) throws IOException {
        stoppedBefore = stopping;
        if (stopping && left == 0) {
            cutShort = inputShutDown || !peerHasEnded();
            return -1;
        }
        receiving = true;
        receivingSince = System.nanoTime() | 1;
        return stopping ? Math.min(left, room) : room;
    }

    private synchronized void endReceive(int count) throws SocketTimeoutException {
        receivingSince = 0;
        receiving = false;
        if (stoppedBefore) {
            left = Math.max(0, left - Math.max(0, count));
        } else if (stopping) { // stop() cannot have known which bytes this receive has taken
            left = count < 0 ? 0 : availableNow();
        }
        cutShort = count < 0 && inputShutDown;
        if (count < 0 && timedOut != null) {
            throw new SocketTimeoutException(timedOut);
        }
    }

    private int availableNow() {
        try {
            return in.available();
        } catch (IOException e) {
            return 0; // closed by abort(): the next call says so
        }
    }

    /** Whether the end of the stream is what comes next; if not, a byte that came after stop is lost. */
    private boolean peerHasEnded() throws IOException {
        socket.setSoTimeout(1);
        timeoutMillis = 1;
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether {@link #receive} reported an end that was {@link #stop}'s and not the peer's. */
    public synchronized boolean isCutShort() {
        return cutShort;
    }

    /**
     * @return how many bytes {@link #receive} would return without waiting
     * @throws SocketTimeoutException if another thread called {@link #abort}
     */
    public int available() throws IOException {
        try {
            return in.available();
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        }
    }

    /**
     * Sends all of {@code bytes}, what fits into 16 KiB in one write; blocks while the peer's window
     * is closed.
     *
     * @throws SocketTimeoutException if another thread called {@link #abort}
     */
    public void send(byte[] bytes) throws IOException {
        send(bytes, bytes.length);
    }

    /** Sends the first {@code length} bytes, as {@link #send(byte[])} does. */
    public void send(byte[] bytes, int length) throws IOException {
        try {
            for (int sent = 0; sent < length; sent += SLICE_BYTES) {
                sendingSince = System.nanoTime() | 1;
                out.write(bytes, sent, Math.min(SLICE_BYTES, length - sent));
            }
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            sendingSince = 0;
        }
    }

    /**
     * Sends what remains in {@code bytes}, without a copy where it is a direct buffer. For a socket that
     * has a channel.
     *
     * @throws SocketTimeoutException if another thread called {@link #abort}
     */
    public void send(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        try {
            while (bytes.position() < end) {
                sendingSince = System.nanoTime() | 1; // each slice is a sign of life of a slow peer
                bytes.limit(Math.min(end, bytes.position() + BULK_SLICE_BYTES));
                socket.getChannel().write(bytes);
            }
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            bytes.limit(end);
            sendingSince = 0;
        }
    }

    /**
     * Sends what remains in {@code first} and then in {@code second}, as far as they fit into 256 KiB in one
     * write, without copying what is in a direct buffer. For a socket that has a channel.
     *
     * @throws SocketTimeoutException if another thread called {@link #abort}
     */
    public void send(ByteBuffer first, ByteBuffer second) throws IOException {
        int end = second.limit();
        ByteBuffer[] both = {first, second};
        try {
            while (first.hasRemaining() || second.position() < end) {
                sendingSince = System.nanoTime() | 1;
                second.limit(Math.min(end, second.position() + GATHERED_BYTES));
                socket.getChannel().write(both);
            }
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            second.limit(end);
            sendingSince = 0;
        }
    }

    /**
     * Sends bytes of {@code file} without passing them through the program (sendfile(2)). For a socket
     * that has a channel. {@link #abort} closes the file.
     *
     * @param position in the file, in bytes
     * @param count how many at most
     * @return how many; 0 at the end of the file
     * @throws SocketTimeoutException if another thread called {@link #abort}
     */
    public long send(FileChannel file, long position, long count) throws IOException {
        return send(file, false, position, count);
    }

    /**
     * The same of a file that others send from, too: {@link #abort} leaves it open. Then the peer may see the end of the
     * stream before the RST, so it has to know how much is to come.
     */
    public long sendShared(FileChannel file, long position, long count) throws IOException {
        return send(file, true, position, count);
    }

    private long send(FileChannel file, boolean shared, long position, long count) throws IOException {
        beginSendFile(file, shared);
        try {
            sendingSince = System.nanoTime() | 1;
            long sent = file.transferTo(position, count, socket.getChannel());
            return sent > 0 ? sent : sendCopy(file, position, count);
        } catch (IOException e) {
            throw abortedFor == null ? e : aborted(e);
        } finally {
            sendingSince = 0;
            endSendFile();
        }
    }

    private synchronized void beginSendFile(FileChannel file, boolean shared) throws SocketTimeoutException {
        if (abortedFor != null) {
            throw aborted(null);
        }
        sendingFrom = file;
        isShared = shared;
    }

    private synchronized void endSendFile() {
        sendingFrom = null;
    }

    /**
     * For a virtual thread Java makes the socket a non-blocking one, and where it takes nothing sendfile(2) does
     * not wait, as a write does.
     */
    private long sendCopy(FileChannel file, long position, long count) throws IOException {
        ByteBuffer some = ByteBuffer.allocate((int) Math.min(SLICE_BYTES, count));
        int length = Math.max(0, file.read(some, position));
        some.flip();
        while (some.hasRemaining()) {
            socket.getChannel().write(some);
        }
        return length;
    }

    /** From now on {@link #close} sends a RST (SO_LINGER of zero, socket(7)): the peer must not take it for the end. */
    public void resetOnClose() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /** Takes {@link #resetOnClose} back: everything that the peer should have was sent. */
    public void closeInOrder() throws IOException {
        socket.setSoLinger(false, 0);
    }

    /** Sends nothing more: FIN. The peer's bytes can still be received. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Half-closes, then receives and drops what the peer is still sending, up to 64 MiB, one second,
     * or a pause of {@code quietMillis}. Closing with unread bytes would send a RST, which destroys
     * what was sent last on its way (RFC 1122 §4.2.2.13).
     */
    public void finish(int quietMillis) throws IOException {
        halfClose();
        byte[] dropped = new byte[8 * 1024]; // of each client: many may be refused at once
        long deadline = System.nanoTime() + DRAIN_MILLIS * 1_000_000L;
        for (int total = 0; total < DRAIN_BYTES && !inputShutDown; ) {
            int wait = (int) Math.min(quietMillis, (deadline - System.nanoTime()) / 1_000_000);
            if (wait <= 0) {
                return;
            }
            socket.setSoTimeout(wait);
            timeoutMillis = wait;
            try {
                int count = in.read(dropped);
                if (count < 0) {
                    return;
                }
                total += count;
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    /**
     * {@link MalformedMessageException#lastWord} to a peer that broke a rule, then {@link #finish}.
     */
    public void refuse(MalformedMessageException fault) throws IOException {
        send(fault.lastWord());
        finish(REFUSED_QUIET_MILLIS);
    }

    /** Lets {@link #receive} hand over what has arrived until now, and no more. Any thread. */
    public synchronized void stop() throws IOException {
        if (stopping) {
            return;
        }
        stopping = true;
        try {
            left = in.available();
            // Bytes that are there end a blocked receive by themselves, and shutdownInput would drop them.
            if (receiving && left == 0) {
                inputShutDown = true;
                socket.shutdownInput();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) { // else its own thread was quicker, and there is nothing to stop
                throw e;
            }
        }
    }

    /**
     * From now on a receive is ended {@code millis} from now, however much has come: a limit for several
     * receives together. By {@link #timeOutIfBlocked}, so a server's {@link Watchdog} has to know of it.
     *
     * @param millis 0: there is no such limit any more
     */
    public void receiveWithin(int millis) {
        receiveBy = millis == 0 ? 0 : System.nanoTime() + millis * 1_000_000L | 1;
    }

    /** Whether {@link #stop} has been called. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Ends a {@link #receive} or {@link #send} that has been blocked for at least {@code millis}, or a receive
     * that is later than {@link #receiveWithin} lets it be. Any other thread.
     *
     * @param millis 0: for ever
     * @return whether there was one: nothing can be received any more, and after a send not sent either
     */
    public boolean timeOutIfBlocked(int millis) throws IOException {
        long now = System.nanoTime();
        if (isOver(sendingSince, millis, now)) {
            abort(SocketErrors.TOOK_NOTHING);
            return true;
        }
        synchronized (this) { // so that it is this receive that is ended, and not the next
            if (isOver(receivingSince, millis, now)) {
                timedOut = SocketErrors.SENT_NOTHING;
            } else if (receivingSince != 0 && receiveBy != 0 && now - receiveBy >= 0) {
                timedOut = SocketErrors.TOO_SLOW;
            } else {
                return false;
            }
            socket.shutdownInput(); // and no more: the peer can still be told
            return true;
        }
    }

    private static boolean isOver(long since, int millis, long now) {
        return since != 0 && millis != 0 && now - since >= millis * 1_000_000L;
    }

    /**
     * Closes the socket under whatever call is blocked on it: that call fails with {@code why}, and the
     * peer gets a RST. Any thread.
     */
    public synchronized void abort(String why) throws IOException {
        abortedFor = why;
        try {
            resetOnClose(); // what was sent is cut off, and must not look complete
        } catch (IOException e) {
            // closed already, or not connected any more
        } finally {
            if (sendingFrom != null && isShared) {
                // shutdown(2) wakes a sendfile(2), but with a FIN; the RST follows when its own thread closes.
                socket.shutdownOutput();
                socket.shutdownInput();
            } else {
                if (sendingFrom != null) {
                    sendingFrom.close(); // which wakes a sendfile(2); to close the socket does not
                }
                socket.close();
            }
        }
    }

    private SocketTimeoutException aborted(IOException cause) {
        SocketTimeoutException e = new SocketTimeoutException(abortedFor);
        e.initCause(cause);
        return e;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
