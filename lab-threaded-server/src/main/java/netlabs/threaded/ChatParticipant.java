package netlabs.threaded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import netlabs.common.net.Connection;
import netlabs.common.net.SocketAddresses;

/**
 * Somebody who is connected to the listener, as seen by the others: a bounded queue of lines, and a
 * thread of its own that sends them, so that whoever says something never waits for whoever does not
 * read it.
 *
 * <pre>
 *             add()                    the thread, "to ('10.0.3.3', 40436)"
 *   a line ──────────► the queue ──────────────────────────────────────────► send
 * </pre>
 *
 * Each speaker has a share of the queue. One who floods fills that, and {@link #awaitRoom} holds him up
 * until this participant has read; the others still find room. A participant who takes nothing at
 * all while a share is full is disconnected.
 */
final class ChatParticipant implements AutoCloseable {
    /** How much of one speaker may wait for one participant, in bytes. */
    static final int SHARE_BYTES = 64 * 1024;

    /** What a queued line costs beside its bytes, about. */
    private static final int LINE_BYTES = 64;

    /** How long the thread may take to see that its socket has been closed. */
    private static final int END_MILLIS = 500;

    private record Line(Object speaker, byte[] bytes) {
        int cost() {
            return bytes.length + LINE_BYTES;
        }
    }

    private final Connection connection;
    private final int stallMillis;
    private final Thread writer;
    private final Queue<Line> queue = new ArrayDeque<>();

    /** What waits of each speaker, in bytes; nobody has an entry of 0. */
    private final Map<Object, Integer> shares = new HashMap<>();

    /** {@link System#nanoTime} when the send that is under way began; 0: none is. */
    private long sendingSince;

    private boolean closed;
    private boolean gone;

    /** Who this one says he is; null until he has said so. Guarded by the room. */
    private String name;

    /**
     * @param connection somebody else receives from it, and closes it
     * @param stallMillis how long one send may take before this participant counts as not reading
     */
    ChatParticipant(Connection connection, int stallMillis) {
        this.connection = connection;
        this.stallMillis = stallMillis;
        this.writer = new Thread("to " + SocketAddresses.tuple(connection.peer())) {
            @Override
            public void run() {
                sendLines();
            }
        };
        writer.setDaemon(true);
        writer.start();
    }

    String name() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    /**
     * @return {@code ('10.0.3.3', 40436)}, behind the name if there is one
     */
    String description() {
        return (name == null ? "" : name + " ") + SocketAddresses.tuple(connection.peer());
    }

    /**
     * Blocks while {@code speaker}'s share is full, and this participant reads. Disconnects a
     * participant who does not.
     */
    synchronized void awaitRoom(Object speaker) throws IOException, InterruptedException {
        while (!closed && !gone && shares.getOrDefault(speaker, 0) >= SHARE_BYTES) {
            long left = stallMillis - sendingMillis();
            if (left <= 0) {
                gone("was disconnected: it does not read, and " + SHARE_BYTES / 1024 + " KiB wait for it");
                return;
            }
            wait(left);
        }
    }

    /** Queues a line; never blocks. Dropped if this participant has gone. */
    synchronized void add(Object speaker, byte[] line) {
        if (closed || gone) {
            return;
        }
        Line added = new Line(speaker, line);
        queue.add(added);
        shares.merge(speaker, added.cost(), Integer::sum);
        notifyAll();
    }

    /** Whether nothing that is said reaches this participant any more. */
    synchronized boolean isGone() {
        return gone;
    }

    /**
     * Takes no more lines, and returns when those in the queue have been sent and the thread has ended.
     *
     * @throws IOException if this participant does not read them
     */
    @Override
    public void close() throws IOException {
        try {
            awaitSent();
            writer.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitSent() throws IOException, InterruptedException {
        closed = true;
        notifyAll();
        while (!gone && !(queue.isEmpty() && sendingSince == 0)) {
            long left = stallMillis - sendingMillis();
            if (left <= 0) {
                String why = "was disconnected: it does not read what was said";
                gone(why);
                throw new IOException(why);
            }
            wait(left);
        }
    }

    private void sendLines() {
        try {
            for (Line line; (line = next()) != null; ) {
                connection.send(line.bytes());
                sent(line);
            }
        } catch (IOException e) {
            gone(); // why, the thread that receives from it will find out, and say
        } catch (InterruptedException e) {
            gone();
        }
    }

    /**
     * @return null when all has been sent
     */
    private synchronized Line next() throws InterruptedException {
        while (queue.isEmpty() && !closed && !gone) {
            wait();
        }
        Line line = queue.poll();
        if (line != null) {
            sendingSince = System.nanoTime() | 1;
        }
        return line;
    }

    private synchronized void sent(Line line) {
        sendingSince = 0;
        shares.computeIfPresent(line.speaker(), (speaker, bytes) -> bytes == line.cost() ? null : bytes - line.cost());
        notifyAll();
    }

    private synchronized void gone() {
        gone = true;
        sendingSince = 0;
        queue.clear();
        shares.clear();
        notifyAll();
    }

    private void gone(String why) throws IOException {
        gone();
        connection.abort(why);
    }

    private long sendingMillis() {
        return sendingSince == 0 ? 0 : (System.nanoTime() - sendingSince) / 1_000_000;
    }
}
