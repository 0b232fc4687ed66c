package netlabs.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import netlabs.common.net.Connection;
import netlabs.common.net.CutOffException;
import netlabs.common.net.EventConnection;
import netlabs.common.net.SocketErrors;

/**
 * An answer on its way: how much of it has left. Head and first bytes of the body leave in one write, what
 * is long behind them from where it is: by write(2) out of memory, by sendfile(2) out of a file. A blocking
 * connection takes all of it in one go, an event-driven one whatever its socket has room for. One object
 * for all answers of a connection.
 */
final class Outgoing implements Closeable {
    /** Of a file, what one blocking call sends; the peer has the idle timeout for each. */
    private static final int SLICE_BYTES = 256 * 1024;

    /** Of a file, what leaves together with the head. */
    private static final int FIRST_BYTES = 4 * 1024;

    /** Null: nothing is on its way. */
    private Answer answer;

    private boolean close;
    private boolean isHttp11;
    private OpenFile file;
    private List<Body.Segment> segments = List.of();
    private boolean hasHead;
    private int next;

    /** Of the segment that is next: how many of its bytes have left. */
    private long offset;

    private long sent;

    /** The content in memory that was sent last, and a view of it with a position of its own. */
    private ByteBuffer content;

    private ByteBuffer view;

    /**
     * The next answer is to be sent. The one before it has to be closed.
     *
     * @param closes whether the connection is closed behind it
     * @param toHttp11 whether the client speaks that
     */
    void begin(Answer next, boolean closes, boolean toHttp11) {
        answer = next;
        close = closes;
        isHttp11 = toHttp11;
        hasHead = true;
        this.next = 0;
        offset = 0;
        sent = 0;
        if (answer.body() instanceof Body.Segments body) {
            file = body.file();
            segments = body.segments();
        }
    }

    /** Whether one is on its way: begun, and not closed. */
    boolean isUnderWay() {
        return answer != null;
    }

    /**
     * @return how many bytes of the body have left
     */
    long sent() {
        return sent;
    }

    Answer answer() {
        return answer;
    }

    /**
     * Sends all of it.
     *
     * @param out its content is overwritten; has room for head and small body
     * @throws CutOffException if the file cannot be read to its end
     * @throws IOException if the client has failed
     */
    void send(Connection client, ByteBuffer out) throws IOException {
        out.clear();
        putHead(out);
        while (true) {
            if (!isDone() && segments.get(next) instanceof Body.Memory && left() > out.remaining()) {
                client.send(out.flip(), rest());
                advance(left());
            } else {
                if (!isDone() && left() > out.remaining()) {
                    fillFirst(out);
                } else {
                    fill(out);
                }
                client.send(out.flip());
            }
            if (isDone()) {
                return;
            }
            if (segments.get(next) instanceof Body.Section section && left() > out.capacity()) {
                sendSome(section, client);
            }
            out.clear();
        }
    }

    /** By sendfile(2), which blocks. */
    private void sendSome(Body.Section section, Connection client) throws IOException {
        for (long left = left(); left > 0; ) {
            long position = section.range().first() + offset;
            long count = file.send(client, position, Math.min(SLICE_BYTES, left));
            if (count == 0) {
                file.checkReaches(position);
            }
            advance(count);
            left -= count;
        }
    }

    /**
     * Sends on until all of it has been handed over, or the socket takes no more.
     *
     * @return whether that is all
     * @throws CutOffException if the file cannot be read to its end
     */
    boolean sendOn(EventConnection client) throws IOException {
        if (hasHead) {
            if (!client.hasRoom(answer.room())) {
                return false;
            }
            putHead(client.out());
            if (file != null) {
                fillFirst(client.out()); // else the head would leave alone
            }
        }
        while (!isDone()) {
            if (left() <= Body.Small.MOST && client.hasRoom((int) left())) {
                fill(client.out());
            } else if (!(segments.get(next) instanceof Body.Section section
                    ? sendSome(section, client)
                    : sendSomeOfMemory(client))) {
                return false;
            }
        }
        return true;
    }

    /**
     * @return whether the socket took all that is left of the section
     */
    private boolean sendSome(Body.Section section, EventConnection client) throws IOException {
        long wanted = left();
        long position = section.range().first() + offset;
        long count;
        try {
            count = client.write(file.channel(), position, wanted);
        } catch (IOException e) {
            throw SocketErrors.isOfPeer(e) ? e : file.unreadable(e);
        }
        if (count == 0) {
            file.checkReaches(position);
        }
        advance(count);
        return count == wanted;
    }

    private boolean sendSomeOfMemory(EventConnection client) {
        ByteBuffer rest = rest();
        client.write(rest);
        advance(left() - rest.remaining());
        return !rest.hasRemaining();
    }

    /** All of it has left, or no more of it will. */
    @Override
    public void close() {
        answer = null;
        segments = List.of();
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private void putHead(ByteBuffer out) {
        answer.putHead(out, close, isHttp11);
        hasHead = false;
        if (answer.body() instanceof Body.Small small) {
            sent = small.length();
        }
    }

    private boolean isDone() {
        return next == segments.size();
    }

    private long left() {
        return segments.get(next).length() - offset;
    }

    /** What is left of the segment in memory that is next. */
    private ByteBuffer rest() {
        ByteBuffer whole = ((Body.Memory) segments.get(next)).content();
        if (content != whole) {
            content = whole;
            view = whole.duplicate();
        }
        return view.limit(whole.limit()).position(whole.position() + (int) offset);
    }

    private void advance(long count) {
        sent += count;
        offset += count;
        if (left() == 0) {
            next++;
            offset = 0;
        }
    }

    /** Puts some of the body. What is copied here costs more than what sendfile(2) sends. */
    private void fillFirst(ByteBuffer out) throws IOException {
        int limit = out.limit();
        out.limit(Math.min(limit, out.position() + FIRST_BYTES));
        fill(out);
        out.limit(limit);
    }

    /** Puts as much of the body as there is room for. */
    private void fill(ByteBuffer out) throws IOException {
        while (!isDone() && out.hasRemaining()) {
            int length = (int) Math.min(left(), out.remaining());
            int limit = out.limit();
            if (segments.get(next) instanceof Body.Section section) {
                out.limit(out.position() + length);
                file.read(out, section.range().first() + offset);
                if (out.hasRemaining()) {
                    file.checkReaches(section.range().first() + offset + length - out.remaining());
                }
                out.limit(limit);
            } else {
                ByteBuffer rest = rest();
                out.put(rest.limit(rest.position() + length));
            }
            advance(length);
        }
    }
}
