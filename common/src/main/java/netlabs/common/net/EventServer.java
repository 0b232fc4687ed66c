package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * A TCP server of one {@link EventLoop} or several, with its limits. The order of its socket calls:
 *
 * <pre>
 *   bind():    socket, setsockopt(SO_REUSEADDR), bind, listen
 *   start():   a thread for each loop, "loop-1", "loop-2", ...:
 *                {@link EventLoop}          select; accept (the first loop only)
 *                {@link EventConnection}    read, write, close
 *   close():   each loop is woken: it closes the listening socket, answers what has arrived,
 *              half-closes, and ends with its last connection
 * </pre>
 *
 * The first loop accepts and hands the clients out in turn. With an IPv4 address to bind the
 * listening socket is an IPv4 one, so {@code 0.0.0.0} is all IPv4 addresses and no other.
 */
public final class EventServer implements AutoCloseable {
    /** What becomes of a client that was just accepted. */
    enum Admission {
        /** It is served. */
        CLIENT,
        /** It is told that the server is full. */
        REFUSED,
        /** It is closed without a word. */
        NONE
    }

    private static final int GRACE_MILLIS = 2_000;
    private static final int ABORT_MILLIS = 500;

    /** The kernel makes it net.core.somaxconn where that is less (listen(2)). */
    private static final int BACKLOG = 4_096;

    /** How many clients may be being refused at once; what comes on top is closed without a word. */
    private static final int MAX_REFUSED = 64;

    private final ServerSocketChannel listener;
    private final Recording recording;
    private final InetSocketAddress address;
    private final ServerOptions options;
    private final Diagnostics diagnostics;
    private final ServerLifecycle lifecycle;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private EventHandler.Factory handlers;
    private int nextLoop = -1;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean accepting = true;

    private EventServer(
            ServerSocketChannel listener,
            Recording recording,
            ServerOptions options,
            Diagnostics diagnostics,
            ServerLifecycle lifecycle) {
        this.listener = listener;
        this.recording = recording;
        this.address = (InetSocketAddress) listener.socket().getLocalSocketAddress();
        this.options = options;
        this.diagnostics = diagnostics;
        this.lifecycle = lifecycle;
    }

    /**
     * Binds and listens: from now on clients can connect, and wait.
     *
     * @throws LabException if the address cannot be had, or the recording of {@code --capture} cannot begin
     */
    public static EventServer bind(ServerOptions options, Diagnostics diagnostics) {
        ServerLifecycle lifecycle = ServerLifecycle.of(options, diagnostics);
        ServerSocketChannel listener = ListeningSocket.bind(options, BACKLOG);
        Recording recording = ListeningSocket.record(options, listener, diagnostics);
        return new EventServer(listener, recording, options, diagnostics, lifecycle);
    }

    /**
     * @return the address and the port that clients connect to
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Prints the ready line and starts serving.
     *
     * @param loopCount how many threads, each with a selector of its own; at least 1
     * @param quietMillis when {@link EventHandler#quiet} is called; 0: never
     * @param trace is told what happens to the keys; null: nobody is
     * @throws LabException if the system has no more selectors or threads
     */
    public synchronized void start(EventHandler.Factory factory, int loopCount, int quietMillis, EventTrace trace) {
        if (lifecycle.isEnding()) {
            return;
        }
        handlers = factory;
        try {
            for (int i = 0; i < loopCount; i++) {
                loops.add(
                        new EventLoop(this, options.idleTimeoutMillis(), quietMillis, factory.deadlineMillis(), trace));
            }
            for (int i = 1; i < loopCount; i++) {
                run(i);
            }
            // The last to start is the first loop: no other takes clients before all are there.
            loops.get(0).listen(listener);
            run(0);
        } catch (IOException | OutOfMemoryError e) { // EMFILE; too many threads
            throw new LabException("cannot start " + loopCount + " loops: " + e.getMessage(), e);
        }
        diagnostics.ready(SocketAddresses.tuple(address));
    }

    private void run(int i) {
        Thread thread = new Thread(loops.get(i), "loop-" + (i + 1));
        thread.start();
        threads.add(thread);
    }

    /**
     * Waits until exactly {@code count} clients are accepted and not yet closed.
     *
     * @return false if that is not so within {@code millis}
     */
    public boolean awaitClients(int count, int millis) throws InterruptedException {
        return lifecycle.awaitClients(count, millis);
    }

    /**
     * Waits until the server has ended: after {@link #close}, or with {@code --once} after its
     * client.
     *
     * @throws LabException if it could not go on, or if with {@code --once} its only client failed
     */
    public void await() throws InterruptedException {
        lifecycle.awaitEnding();
        close();
        lifecycle.throwFailure();
    }

    /**
     * Stops accepting, lets the clients have the replies to what they have sent, and returns when the
     * threads have ended. After two seconds the connections left are aborted. A thread that even that
     * does not end, because nobody reads what it prints, is left behind half a second later without a
     * word: a word might get stuck as well.
     *
     * @throws LabException if the recording of {@code --capture} could not be written
     */
    @Override
    public void close() {
        try (recording) { // to be closed behind the last socket
            closeSockets();
        }
    }

    private void closeSockets() {
        lifecycle.end();
        List<EventLoop> running;
        List<Thread> ending;
        synchronized (this) {
            running = List.copyOf(loops);
            ending = List.copyOf(threads);
        }
        try {
            for (EventLoop loop : running) {
                loop.stop(); // the first closes the listening socket: no other thread may touch its key
            }
            if (ending.size() < running.size() || running.isEmpty()) {
                listener.close(); // it never came to that
            }
            if (!join(ending, GRACE_MILLIS)) {
                for (EventLoop loop : running) {
                    loop.abort("was disconnected: not all it had sent was answered " + GRACE_MILLIS
                            + " ms after the stop");
                }
                join(ending, ABORT_MILLIS);
            }
        } catch (IOException e) {
            lifecycle.cannot("close the server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(List<Thread> threads, int millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** Whether another client may be accepted. */
    boolean isAccepting() {
        return accepting;
    }

    /** What becomes of a client that was just accepted. In the thread of the first loop. */
    Admission admit() {
        if (lifecycle.enter()) {
            accepting = !options.once();
            return Admission.CLIENT;
        }
        if (lifecycle.isEnding() || refused.get() == MAX_REFUSED) {
            return Admission.NONE;
        }
        refused.incrementAndGet();
        return Admission.REFUSED;
    }

    /** A connection was closed. */
    void left(Admission admission) {
        if (admission == Admission.REFUSED) {
            refused.decrementAndGet();
            return;
        }
        lifecycle.leave();
        if (options.once()) {
            lifecycle.end();
        }
    }

    EventLoop nextLoop() {
        nextLoop = (nextLoop + 1) % loops.size();
        return loops.get(nextLoop);
    }

    EventHandler.Factory handlers() {
        return handlers;
    }

    byte[] refusal() {
        return handlers.refusal(options.maxClients());
    }

    ServerLifecycle lifecycle() {
        return lifecycle;
    }
}
