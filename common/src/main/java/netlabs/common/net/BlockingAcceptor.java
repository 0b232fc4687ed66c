package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * The accept loop of a blocking TCP server, with its limits. The order of its socket calls:
 *
 * <pre>
 *   bind():            socket, setsockopt(SO_REUSEADDR), bind, listen
 *   start():           one thread, "acceptor":
 *                        accept          a client; blocks
 *                        Service.serve   the client, in this same thread: recv, send, ...
 *                        close           the client's socket
 *                        accept          the next client, which has waited in the backlog
 *   close():           close (listening socket), shut the client's input down, wait for the thread
 * </pre>
 *
 * This is an <em>iterative</em> server: while it serves one client, the kernel completes the
 * handshakes of others and keeps them in the listening socket's queue (listen(2)).
 */
public final class BlockingAcceptor implements AutoCloseable {
    /** What a lab does with one client. */
    public interface Service {
        /**
         * Serves one client from its first to its last byte; the caller closes the connection.
         *
         * @throws IOException if the client failed: it is reported, and the next one served
         * @throws LabException if the server cannot go on
         */
        void serve(Connection client) throws IOException;
    }

    private static final int GRACE_MILLIS = 2_000;
    private static final int ABORT_MILLIS = 500;

    /** How long a client may pause before its connection is closed on Ctrl-C. */
    private static final int STOP_QUIET_MILLIS = 50;

    private static final int FIRST_BACKOFF_MILLIS = 10;
    private static final int LONGEST_BACKOFF_MILLIS = 1_000;

    private final ServerSocket listener;
    private final ServerOptions options;
    private final Diagnostics diagnostics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Thread thread;
    private Connection current;
    private volatile boolean aborted;
    private volatile Throwable failure;

    private BlockingAcceptor(ServerSocket listener, ServerOptions options, Diagnostics diagnostics) {
        this.listener = listener;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /**
     * Binds and listens: from now on clients can connect, and wait.
     *
     * @throws LabException if the address cannot be had
     */
    public static BlockingAcceptor bind(ServerOptions options, Diagnostics diagnostics) {
        InetSocketAddress address = new InetSocketAddress(options.bind(), options.port());
        ServerSocket listener = null;
        try {
            listener = new ServerSocket();
            // Without it a server cannot be restarted while old connections are in TIME-WAIT (socket(7)).
            listener.setReuseAddress(true);
            // One client is being served and has left the queue, and Linux lets one more in than it is asked to.
            listener.bind(address, Math.max(1, options.maxClients() - 2));
            return new BlockingAcceptor(listener, options, diagnostics);
        } catch (IOException e) {
            closeQuietly(listener, e);
            throw SocketErrors.listening(address, e);
        }
    }

    /**
     * @return the address and the port that clients connect to
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Prints the ready line and starts accepting, in a thread of its own. */
    public synchronized void start(Service service) {
        if (isClosing()) {
            return;
        }
        thread = new Thread("acceptor") {
            @Override
            public void run() {
                acceptAndServe(service);
            }
        };
        diagnostics.ready(SocketAddresses.tuple(address()));
        thread.start();
        if (options.idleTimeoutMillis() > 0) {
            Thread watchdog = new Thread("watchdog") {
                @Override
                public void run() {
                    watchForBlockedSends();
                }
            };
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    /**
     * Waits until the server has ended: after {@link #close}, or with {@code --once} after its
     * client.
     *
     * @throws LabException if it could not go on, or if with {@code --once} its only client failed
     */
    public void await() throws InterruptedException {
        closing.await();
        if (thread != null) {
            thread.join();
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    /**
     * Stops accepting, lets the client being served have the replies to what it has sent, and returns
     * when the thread has ended. After two seconds the client's connection is aborted. A thread that
     * even that does not end, because nobody reads what it prints, is left behind half a second later
     * without a word: a word might get stuck as well.
     */
    @Override
    public void close() {
        Connection served;
        synchronized (this) {
            closing.countDown();
            served = current;
        }
        closeListener();
        try {
            if (served != null) {
                served.stop();
            }
        } catch (IOException e) {
            diagnostics.error("stopping a client: " + e.getMessage(), e);
        }
        try {
            if (thread != null) {
                thread.join(GRACE_MILLIS);
                if (thread.isAlive() && served != null) {
                    aborted = true;
                    served.abort();
                    thread.join(ABORT_MILLIS);
                }
            }
        } catch (IOException e) {
            diagnostics.error("closing a client: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAndServe(Service service) {
        try {
            int backoff = FIRST_BACKOFF_MILLIS;
            while (!isClosing()) {
                Socket socket;
                try {
                    socket = listener.accept();
                } catch (IOException e) {
                    if (isClosing()) {
                        return;
                    }
                    // EMFILE, ENFILE, ENOBUFS: the client stays in the queue, so accepting again at once
                    // spins.
                    if (backoff == FIRST_BACKOFF_MILLIS) {
                        diagnostics.error("cannot accept a client, trying again: " + e.getMessage(), e);
                    }
                    closing.await(backoff, TimeUnit.MILLISECONDS);
                    backoff = Math.min(2 * backoff, LONGEST_BACKOFF_MILLIS);
                    continue;
                }
                backoff = FIRST_BACKOFF_MILLIS;
                serve(service, socket);
                if (options.once()) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeListener();
        }
    }

    private void serve(Service service, Socket socket) {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        try (socket;
                Connection client = new Connection(socket)) {
            if (!becomesCurrent(client)) {
                return;
            }
            service.serve(client);
            if (client.isStopping()) {
                client.finish(STOP_QUIET_MILLIS);
            }
        } catch (IOException e) {
            String fault = "client "
                    + SocketAddresses.tuple(peer)
                    + " "
                    + (aborted
                            ? "was disconnected: not all it had sent was answered " + GRACE_MILLIS
                                    + " ms after the stop"
                            : SocketErrors.peerFault(e));
            if (options.once()) {
                failure = new LabException(fault, e);
            } else {
                diagnostics.error(fault, e);
            }
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    private synchronized boolean becomesCurrent(Connection client) {
        if (isClosing()) {
            return false;
        }
        current = client;
        return true;
    }

    /**
     * A blocking send has no timeout of its own: a client that reads nothing would block it for ever.
     */
    private void watchForBlockedSends() {
        int idleMillis = options.idleTimeoutMillis();
        try {
            while (!closing.await(Math.max(10, idleMillis / 4), TimeUnit.MILLISECONDS)) {
                Connection client;
                synchronized (this) {
                    client = current;
                }
                if (client != null) {
                    client.timeOutBlockedSend(idleMillis);
                }
            }
        } catch (IOException e) {
            diagnostics.error("closing a client that takes no replies: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void closeListener() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            diagnostics.error("closing the server: " + e.getMessage(), e);
        }
    }

    private static void closeQuietly(ServerSocket listener, IOException primary) {
        if (listener == null) {
            return;
        }
        try {
            listener.close();
        } catch (IOException e) {
            primary.addSuppressed(e);
        }
    }
}
