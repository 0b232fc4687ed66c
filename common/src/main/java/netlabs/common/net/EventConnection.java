package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One connection of an {@link EventLoop}, and the only class that reads, writes and closes its socket,
 * all of it in the loop's thread:
 *
 * <pre>
 *          readable: read, handler, write
 *           ┌──┐
 *           │  ▼    not all of the replies fits into the socket
 *   ──────► READING ────────────────────────────────────────────► WRITING
 *            │  ▲ ◄──────────────────────────────────────────────  │
 *            │          writable: the rest is written              │ the peer had half-closed:
 *            │                                                     │ close
 *            │ finish(), and nothing waits                         │
 *            │     or the last of it is written                    │
 *            ▼                    ┌────────────────────────────────┤ finish() was called
 *         FINISHING ◄─────────────┘                                │
 *            │  shutdown(SHUT_WR); readable: read and drop         │
 *            │  the peer's end, or enough                          ▼
 *            └──────────────────────────────────────────────────► CLOSED
 * </pre>
 *
 * The interest set follows from the state: {@code READING} and {@code FINISHING} are interested in
 * {@code OP_READ}, {@code WRITING} in {@code OP_WRITE} only. So a peer that does not read its replies
 * is not read any more, its bytes fill the kernel's buffers, its window closes, and it has to wait:
 * back-pressure. What is kept here for it is at most what one read of 16 KiB was answered with. A
 * handler whose answers are longer than what they answer {@link EventHandler#isSending says so}, and
 * hands the rest of an answer over piece by piece while the connection is {@code WRITING}.
 */
public final class EventConnection {
    private enum State {
        READING,
        WRITING,
        FINISHING,
        CLOSED
    }

    private static final int DROPPED_BYTES = 64 << 20;

    /** How often it is read for what had come before a deadline: more than a socket's buffer holds. */
    private static final int LATE_READS = 512;

    private final EventLoop loop;
    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final Deadlines.Entry idle = new Deadlines.Entry(this);
    private final Deadlines.Entry quiet = new Deadlines.Entry(this);
    private final Deadlines.Entry deadline = new Deadlines.Entry(this);
    private boolean hasDeadline;
    private SelectionKey key;
    private EventHandler handler;
    private State state = State.READING;

    /** Replies that did not fit into the socket, ready to be written; null if there are none. */
    private ByteBuffer waiting;

    /** How many bytes the socket has taken. */
    private long written;

    /** Whether nothing more is to be received, because the peer has half-closed. */
    private boolean ended;

    /** Whether nothing more is to be received, because {@link #finish} was called. */
    private boolean finishing;

    /** After {@link #stop}: how much may still be received; before: -1. */
    private int left = -1;

    private int dropped;

    /** What a write has failed with during this event. */
    private IOException fault;

    EventConnection(EventLoop loop, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    /** Registered: events can come. */
    void open(SelectionKey registered, EventHandler.Factory handlers) {
        key = registered;
        loop.idle.restart(idle, loop.now());
        handler = handlers.accepted(this);
    }

    /**
     * Registered only to be told {@code word} and closed. Where there is no word nothing can be lost by
     * closing at once, and what the peer has sent is answered with a RST: none of it was taken.
     */
    void refuse(SelectionKey registered, byte[] word) {
        key = registered;
        if (word.length == 0) {
            resetOnClose();
            close();
            return;
        }
        send(ByteBuffer.wrap(word), Ending.NONE);
        finish();
        settle();
    }

    /**
     * @return the socket address of the other side
     */
    public InetSocketAddress peer() {
        return peer;
    }

    /**
     * Sends {@code content} and {@code ending}: all that is sent during one event leaves in one write
     * where the socket takes it. For the handler, and in its calls only.
     */
    public void send(ByteBuffer content, Ending ending) {
        if (finishing || fault != null) {
            return;
        }
        if (waiting == null) {
            ByteBuffer out = loop.out;
            if (out.remaining() < content.remaining() + Ending.LONGEST) {
                write(); // it may be that now there is room, or that replies wait
            }
            if (waiting == null && out.remaining() >= content.remaining() + Ending.LONGEST) {
                ending.append(out.put(content));
                return;
            }
            keep(content.remaining());
        }
        if (waiting.capacity() - waiting.limit() < content.remaining() + Ending.LONGEST) {
            keep(content.remaining());
        }
        int position = waiting.position();
        waiting.position(waiting.limit()).limit(waiting.capacity());
        ending.append(waiting.put(content));
        waiting.limit(waiting.position()).position(position);
    }

    /**
     * @param size at most 32 KiB
     * @return whether {@code size} bytes can be put into {@link #out} and leave before anything else; if
     *     not, the peer is slow, and {@link EventHandler#isSending} makes the rest wait
     */
    public boolean hasRoom(int size) {
        if (loop.out.remaining() < size) {
            write();
        }
        return waiting == null && fault == null && !finishing && loop.out.remaining() >= size;
    }

    /**
     * @return what is put here leaves with all else that is sent during this event; after {@link #hasRoom}
     */
    public ByteBuffer out() {
        return loop.out;
    }

    /**
     * Writes what is in {@link #out} and {@code content} behind it, in one write and without copying it, as
     * far as the socket takes them now: its position is behind what has left.
     *
     * @param content a direct buffer
     */
    public void write(ByteBuffer content) {
        if (waiting != null || fault != null || finishing) {
            return;
        }
        ByteBuffer out = loop.out.flip();
        loop.gathered[0] = out;
        loop.gathered[1] = content;
        try {
            written += channel.write(loop.gathered);
            keepRestOf(out);
        } catch (IOException e) {
            fault = e;
        } finally {
            loop.gathered[1] = null;
            out.clear();
        }
    }

    /**
     * Writes what is in {@link #out} and then bytes of {@code file} that do not pass through the program
     * (sendfile(2)), as far as the socket takes them now.
     *
     * @param position in the file, in bytes
     * @param count how many at most
     * @return how many of the file's; 0: none for now, or the file is shorter
     * @throws IOException if the file cannot be read
     */
    public long write(FileChannel file, long position, long count) throws IOException {
        write();
        if (waiting != null || fault != null || finishing) {
            return 0;
        }
        long taken = file.transferTo(position, count, channel);
        written += taken;
        return taken;
    }

    /**
     * @return how many bytes the socket has taken until now
     */
    public long written() {
        return written;
    }

    /**
     * {@link EventHandler#deadlineIsOver} is called when the limit of {@link EventHandler.Factory} has passed
     * from now on, whatever is sent and received meanwhile.
     */
    public void startDeadline() {
        hasDeadline = true;
        loop.deadlines.restart(deadline, loop.now());
    }

    /** It is not called. */
    public void cancelDeadline() {
        if (hasDeadline) {
            hasDeadline = false;
            Deadlines.cancel(deadline);
        }
    }

    /** Whether it will be called. */
    public boolean hasDeadline() {
        return hasDeadline;
    }

    /**
     * Half-closes once everything is sent, and drops what still comes in, for up to 64 MiB and a second:
     * closing with unread bytes would send a RST, which destroys what was sent last on its way (RFC
     * 1122 §4.2.2.13).
     */
    public void finish() {
        finishing = true;
    }

    /**
     * The last word to a peer that broke a rule of the protocol: it is reported, and the peer gets its
     * {@link MalformedMessageException#lastWord} before {@link #finish}.
     */
    public void refuse(MalformedMessageException fault) {
        loop.report(peer, fault);
        send(ByteBuffer.wrap(fault.lastWord()), Ending.NONE);
        finish();
    }

    /** The key's channel is ready for what it is interested in. */
    void ready() {
        try {
            if (state == State.WRITING) {
                writeWaiting();
            } else {
                read();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Lets the client have the replies to what has arrived until now, and no more. */
    void stop() {
        if (left >= 0) {
            return;
        }
        try {
            left = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            if (state == State.READING) {
                receiveWhatIsLeft();
            } else if (state == State.FINISHING) {
                Deadlines.cancel(idle);
                loop.lingering().restart(idle, loop.now());
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The quiet period is over. */
    void quietIsOver() {
        if (state != State.READING) {
            return;
        }
        try {
            if (!readLate()) {
                becameQuiet();
                settle();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The idle timeout is over, or, of a connection that is finishing, the time it had for that. */
    void timeIsOver() {
        try {
            if (state == State.FINISHING) {
                close();
            } else if (state == State.WRITING) {
                // The kernel calls a socket writable when a third of its buffer is free: a slow reader may not
                // have come so far.
                if (!writeWaiting()) {
                    fail(new SocketTimeoutException(SocketErrors.TOOK_NOTHING));
                }
            } else if (!readLate()) {
                handler.idle();
                settle();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The deadline that the handler had set is over. */
    void deadlineIsOver() {
        try {
            if (state == State.WRITING) {
                writeWaiting(); // as for the idle timeout
            }
            for (int i = 0; state == State.READING && isOver() && i < LATE_READS && readLate(); i++) {
                continue;
            }
            if (isOver() && (state == State.READING || state == State.WRITING)) {
                hasDeadline = false;
                handler.deadlineIsOver();
                settle();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Whether the deadline has passed, and neither been cancelled nor set anew. */
    private boolean isOver() {
        return hasDeadline && !deadline.isRunning();
    }

    /**
     * A loop that was held up, by a terminal that takes no output or by other clients, finds a limit over
     * before it finds out that bytes have come in time.
     *
     * @return whether there were any
     */
    private boolean readLate() throws IOException {
        int count = channel.read(loop.in.clear());
        if (count != 0) {
            received(count);
        }
        return count != 0;
    }

    /** Closes at once and says {@code why}, unless all that was to be said to the peer has been. */
    void abort(String why) {
        if (state == State.FINISHING) {
            close();
        } else {
            fail(new SocketTimeoutException(why));
        }
    }

    /** Its handler has failed of an error in the program, or of memory. */
    void broke(Throwable e) {
        if (state != State.CLOSED) {
            loop.report(peer, new IOException(ServerLifecycle.internalError(e), e));
            resetOnClose();
            close();
        }
    }

    private void read() throws IOException {
        int count = channel.read(loop.in.clear());
        if (state == State.FINISHING) {
            drop(count);
        } else {
            received(count);
        }
    }

    /** {@code count} bytes were read into the loop's buffer; -1: the peer has half-closed. */
    private void received(int count) throws IOException {
        try {
            if (count < 0) {
                ended = true;
                handler.ended();
            } else {
                loop.idle.restart(idle, loop.now());
                handler.received(loop.in.flip());
            }
        } catch (MalformedMessageException e) {
            refuse(e);
        }
        settle();
    }

    private void becameQuiet() {
        try {
            handler.quiet();
        } catch (MalformedMessageException e) {
            refuse(e);
        }
    }

    private void drop(int count) {
        dropped += Math.max(0, count);
        if (count < 0 || dropped > DROPPED_BYTES) {
            close();
        } else if (left >= 0) {
            loop.lingering().restart(idle, loop.now());
        }
    }

    private void receiveWhatIsLeft() throws IOException {
        while (state == State.READING && !finishing) {
            ByteBuffer in = loop.in.clear();
            in.limit(Math.min(left, in.capacity()));
            int count = in.hasRemaining() ? channel.read(in) : 0;
            if (count == 0) {
                becameQuiet();
                finish();
                settle();
            } else {
                left -= Math.max(0, count);
                received(count);
            }
        }
    }

    /**
     * @return whether the socket took anything
     */
    private boolean writeWaiting() throws IOException {
        long before = written;
        if (waiting != null) {
            written += channel.write(waiting);
            if (!waiting.hasRemaining()) {
                waiting = null;
            }
        }
        if (waiting == null && isSending()) {
            handler.writable();
        }
        settle();
        boolean taken = written > before;
        if (taken && state != State.FINISHING && state != State.CLOSED) {
            loop.idle.restart(idle, loop.now());
        }
        if (left >= 0 && state == State.READING) {
            receiveWhatIsLeft();
        }
        return taken;
    }

    /** After an event: writes what it was answered with, and takes the state that follows. */
    private void settle() {
        write();
        if (fault != null) {
            fail(fault);
            return;
        }
        if (waiting != null || isSending()) {
            state = State.WRITING;
        } else if (ended) {
            close();
            return;
        } else if (finishing && state != State.FINISHING) {
            halfClose();
        } else if (state == State.WRITING) {
            state = State.READING;
        }
        if (state == State.READING && handler.awaitsQuiet()) {
            loop.quiet.restart(quiet, loop.now());
        } else {
            Deadlines.cancel(quiet);
        }
        if (state != State.CLOSED) {
            setInterest(state == State.WRITING ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /** Writes what is in the loop's buffer; what the socket does not take waits. */
    private void write() {
        ByteBuffer out = loop.out;
        if (out.position() == 0) {
            return;
        }
        out.flip();
        try {
            written += channel.write(out);
            keepRestOf(out);
        } catch (IOException e) {
            fault = e; // said when the handler is done with what it was given
        } finally {
            out.clear();
        }
    }

    private void keepRestOf(ByteBuffer out) {
        if (out.hasRemaining()) {
            waiting = ByteBuffer.allocate(out.remaining()).put(out).flip();
        }
    }

    /** Whether the handler has more to send; one that is finishing has not. */
    private boolean isSending() {
        return handler != null && !finishing && handler.isSending();
    }

    /** Makes room for {@code size} bytes and an ending behind what waits. */
    private void keep(int size) {
        int used = waiting == null ? 0 : waiting.remaining();
        ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * used, used + size + Ending.LONGEST));
        waiting = (waiting == null ? larger : larger.put(waiting)).flip();
    }

    private void halfClose() {
        state = State.FINISHING;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            fail(e);
            return;
        }
        Deadlines.cancel(idle);
        cancelDeadline();
        loop.lingering().restart(idle, loop.now());
    }

    private void setInterest(int interest) {
        int before = key.interestOps();
        if (before != interest) {
            key.interestOps(interest);
            if (loop.trace != null) {
                loop.trace.interestChanged(key, before);
            }
        }
    }

    private void fail(IOException e) {
        if (state == State.CLOSED) {
            return;
        }
        if (state != State.FINISHING) { // else it has got its last word, and how it leaves does not matter
            loop.report(peer, e);
        }
        if (waiting != null || isSending()) {
            resetOnClose(); // what was sent is cut off, and must not look complete
        }
        close();
    }

    private void resetOnClose() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            return; // closed already
        }
    }

    private void close() {
        state = State.CLOSED;
        waiting = null;
        loop.out.clear(); // what an error in the middle of an answer has left is for nobody else
        Deadlines.cancel(idle);
        Deadlines.cancel(quiet);
        cancelDeadline();
        if (handler != null) {
            handler.closed();
        }
        if (loop.trace != null) {
            loop.trace.closed(key);
        }
        loop.close(channel, handler == null ? EventServer.Admission.REFUSED : EventServer.Admission.CLIENT);
    }
}
