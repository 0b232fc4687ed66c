package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import netlabs.common.LabException;

/**
 * One thread and one {@link Selector} for any number of connections. The thread does, over and over:
 *
 * <pre>
 *   select      waits until a channel is ready for what its key is interested in, the first time
 *               limit is over, or another thread calls wakeup
 *   for each key that is ready:
 *     OP_ACCEPT           accept; register the new channel with interest OP_READ
 *     OP_READ, OP_WRITE   {@link EventConnection#ready}: read, write, close
 *   register the connections that another loop accepted for this one
 *   end what idles for too long
 * </pre>
 *
 * Nothing in it blocks but select, so nothing that one client does or leaves undone keeps another one
 * waiting. All connections share one buffer for what is read and one for what is written: between two
 * events a connection holds no buffer, unless its peer is slow.
 */
final class EventLoop implements Runnable {
    private static final int BUFFER_BYTES = 16 * 1024;

    /** How many clients are accepted before the others have their turn again. */
    private static final int ACCEPTS_AT_ONCE = 64;

    /** How long a client that was sent the last word may take to close. */
    private static final int LINGER_MILLIS = 1_000;

    /** How long a client may pause before its connection is closed on Ctrl-C. */
    private static final int STOP_QUIET_MILLIS = 50;

    private static final long NANOS_PER_MILLI = 1_000_000;

    final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    final ByteBuffer out = ByteBuffer.allocateDirect(2 * BUFFER_BYTES);

    /** {@link #out}, and what is written behind it. */
    final ByteBuffer[] gathered = new ByteBuffer[2];

    final Deadlines idle;
    final Deadlines quiet;
    final Deadlines deadlines;

    /** Null: nobody wants to be told. */
    final EventTrace trace;

    private final EventServer server;
    private final Selector selector;
    private final Consumer<SelectionKey> whatIsReady = this::ready;
    private final Queue<SocketChannel> arrivals = new ConcurrentLinkedQueue<>();
    private final Deadlines finishing = new Deadlines(LINGER_MILLIS);
    private final Deadlines stopping = new Deadlines(STOP_QUIET_MILLIS);
    private final Backoff backoff = new Backoff();

    /** The listening socket's; null in all loops but the first. */
    private SelectionKey listener;

    /** {@link System#nanoTime} when accepting may be tried again; 0: it is not held back. */
    private long acceptAgain;

    /** {@link System#nanoTime} of this turn; 0: not asked for yet. */
    private long now;

    /** Set by another thread, once. */
    private volatile boolean stopRequested;

    private volatile String abortRequested;

    /** Set by this thread: from now on nobody takes {@link #arrivals} out. */
    private volatile boolean ended;

    private boolean isStopping;
    private int connections;

    EventLoop(EventServer server, int idleMillis, int quietMillis, int deadlineMillis, EventTrace trace)
            throws IOException {
        this.server = server;
        this.idle = new Deadlines(idleMillis);
        this.quiet = new Deadlines(quietMillis);
        this.deadlines = new Deadlines(deadlineMillis);
        this.trace = trace;
        this.selector = Selector.open();
    }

    /** Before the thread runs: clients of {@code channel} are accepted here. */
    void listen(ServerSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        listener = channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Takes over a client that another loop has accepted. Any thread. */
    void add(SocketChannel client) {
        arrivals.add(client);
        if (ended) {
            closeArrivals();
        } else {
            selector.wakeup();
        }
    }

    /** Lets the clients have the replies to what has arrived, then ends. Any thread. */
    void stop() {
        if (!stopRequested) {
            stopRequested = true;
            selector.wakeup();
        }
    }

    /** Ends at once. Any thread. */
    void abort(String why) {
        abortRequested = why;
        selector.wakeup();
    }

    @Override
    public void run() {
        try (selector) {
            try {
                while (!isStopping || connections > 0) {
                    turn();
                }
            } finally {
                ended = true;
                closeArrivals();
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        } catch (IOException e) {
            server.lifecycle().fail(new LabException("the event loop failed: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            server.lifecycle().fail(e);
        }
    }

    private void turn() throws IOException {
        if (trace != null) {
            trace.waits(selector);
        }
        now = 0;
        selector.select(whatIsReady, untilNextDeadline());
        now = 0;
        registerArrivals();
        if (stopRequested && !isStopping) {
            stopAll();
        }
        if (abortRequested != null) {
            abortAll();
        }
        endWhatIsOver();
    }

    /** The time of this turn, {@link System#nanoTime}, asked for at most once for all that is ready. */
    long now() {
        if (now == 0) {
            now = System.nanoTime();
        }
        return now;
    }

    /** The limit that runs for connections that have got their last word. */
    Deadlines lingering() {
        return isStopping ? stopping : finishing;
    }

    void report(InetSocketAddress peer, IOException fault) {
        server.lifecycle().report(peer, fault);
    }

    /**
     * @param admission what it was accepted as
     */
    void close(SocketChannel client, EventServer.Admission admission) {
        try {
            client.close();
        } catch (IOException e) {
            server.lifecycle().cannot("close a client", e);
        }
        connections--;
        server.left(admission);
    }

    private void ready(SelectionKey key) {
        if (trace != null) {
            trace.ready(key);
        }
        if (key == listener) {
            accept();
        } else {
            EventConnection connection = (EventConnection) key.attachment();
            try {
                connection.ready();
            } catch (RuntimeException | OutOfMemoryError e) {
                broke(connection, e);
            }
        }
    }

    /**
     * An error in the program, met by one connection, ends that one: the others are served on. So does a lack of
     * memory, for what it was for is free again.
     *
     * @throws LabException if the server cannot go on
     */
    private void broke(EventConnection connection, Throwable e) {
        if (e instanceof LabException fatal) {
            throw fatal;
        }
        connection.broke(e);
    }

    /** The same for what is not on the way of every message. */
    private void guarded(EventConnection connection, Consumer<EventConnection> action) {
        try {
            action.accept(connection);
        } catch (RuntimeException | OutOfMemoryError e) {
            broke(connection, e);
        }
    }

    private void accept() {
        try {
            for (int i = 0; i < ACCEPTS_AT_ONCE && server.isAccepting(); i++) {
                SocketChannel client = ((ServerSocketChannel) listener.channel()).accept();
                if (client == null) {
                    break;
                }
                backoff.reset();
                welcome(client);
            }
            if (!server.isAccepting()) {
                setAccepting(false);
            }
        } catch (IOException e) {
            // EMFILE, ENFILE, ENOBUFS: the client stays in the queue, so the key stays ready and select
            // would return at once, for ever. Not interested for a while, then.
            if (backoff.isFirst()) {
                server.lifecycle().cannot("accept a client, trying again", e);
            }
            setAccepting(false);
            acceptAgain = now() + backoff.nextMillis() * NANOS_PER_MILLI | 1;
        }
    }

    private void setAccepting(boolean accepting) {
        int before = listener.interestOps();
        listener.interestOps(accepting ? SelectionKey.OP_ACCEPT : 0);
        if (trace != null) {
            trace.interestChanged(listener, before);
        }
    }

    /** Not {@code throws}: what is wrong with one client must not look like a fault of accept. */
    private void welcome(SocketChannel channel) {
        EventServer.Admission admission = server.admit();
        if (admission == EventServer.Admission.NONE) {
            close(channel);
            return;
        }
        EventLoop loop = admission == EventServer.Admission.CLIENT ? server.nextLoop() : this;
        if (loop == this) {
            register(channel, admission);
        } else {
            loop.add(channel);
        }
    }

    private void register(SocketChannel channel, EventServer.Admission admission) {
        connections++;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            EventConnection connection = new EventConnection(this, channel);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ, connection);
            if (trace != null) {
                trace.registered(key);
            }
            if (admission == EventServer.Admission.CLIENT) {
                connection.open(key, server.handlers());
            } else {
                server.lifecycle().warnOfRefusal(connection.peer());
                connection.refuse(key, server.refusal());
            }
            if (isStopping) {
                connection.stop();
            }
        } catch (IOException e) { // it has gone already
            server.lifecycle().cannot("talk to a client that was just accepted", e);
            close(channel, admission);
        }
    }

    private void registerArrivals() {
        for (SocketChannel channel; (channel = arrivals.poll()) != null; ) {
            register(channel, EventServer.Admission.CLIENT);
        }
    }

    private void closeArrivals() {
        for (SocketChannel channel; (channel = arrivals.poll()) != null; ) {
            close(channel);
            server.left(EventServer.Admission.CLIENT);
        }
    }

    private void stopAll() {
        isStopping = true;
        acceptAgain = 0;
        if (listener != null) {
            close(listener.channel());
        }
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                guarded((EventConnection) key.attachment(), EventConnection::stop);
            }
        }
    }

    private void abortAll() {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                ((EventConnection) key.attachment()).abort(abortRequested);
            }
        }
    }

    private void endWhatIsOver() {
        for (EventConnection over; (over = quiet.expired(now())) != null; ) {
            guarded(over, EventConnection::quietIsOver);
        }
        for (EventConnection over; (over = deadlines.expired(now())) != null; ) {
            guarded(over, EventConnection::deadlineIsOver);
        }
        endThoseOf(idle);
        endThoseOf(finishing);
        endThoseOf(stopping);
        if (acceptAgain != 0 && now() - acceptAgain >= 0) {
            acceptAgain = 0;
            setAccepting(server.isAccepting());
        }
    }

    private void endThoseOf(Deadlines limit) {
        for (EventConnection over; (over = limit.expired(now())) != null; ) {
            guarded(over, EventConnection::timeIsOver);
        }
    }

    /**
     * @return milliseconds, rounded up; 0: there is no deadline
     */
    private long untilNextDeadline() {
        long time = System.nanoTime();
        long nanos = Math.min(
                Math.min(idle.untilFirst(time), quiet.untilFirst(time)),
                Math.min(finishing.untilFirst(time), stopping.untilFirst(time)));
        nanos = Math.min(nanos, deadlines.untilFirst(time));
        if (acceptAgain != 0) {
            nanos = Math.min(nanos, Math.max(0, acceptAgain - time));
        }
        return nanos == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }

    private void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            server.lifecycle().cannot("close a socket", e);
        }
    }
}
