package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * The accept loop of a blocking TCP server, with its limits. The order of its socket calls:
 *
 * <pre>
 *   bind():            socket, setsockopt(SO_REUSEADDR), bind, listen
 *   start():           one thread, "acceptor":
 *                        accept          a client; blocks
 *                        ThreadModel     decides which thread does the rest
 *                        accept          the next client
 *                      that thread:
 *                        Service.serve   the client: recv, send, ...
 *                        close           the client's socket
 *   close():           close (listening socket), shut the clients' input down, wait for the threads
 * </pre>
 *
 * With {@link ThreadModel.Iterative} that thread is the acceptor itself: while it serves one client,
 * the kernel completes the handshakes of others and keeps them in the listening socket's queue
 * (listen(2)). With the other models every client up to {@link ServerOptions#maxClients} is accepted
 * at once, and the ones above it are refused with a message.
 */
public final class BlockingAcceptor implements AutoCloseable {
    /** What a lab does with one client. */
    public interface Service {
        /**
         * Serves one client from its first to its last byte; the caller closes the connection.
         *
         * @throws IOException if the client failed: it is reported, and the others are served on
         * @throws LabException if the server cannot go on
         */
        void serve(Connection client) throws IOException;

        /**
         * @return what a client is told that is one too many; empty where the protocol has no word for it:
         *     its connection is reset
         */
        default byte[] refusal(int maxClients) {
            return ServerFull.line(maxClients).getBytes(StandardCharsets.US_ASCII);
        }

        /**
         * @return the least that it gives to {@link Connection#receiveWithin}, in milliseconds; 0: it does not
         *     call that
         */
        default int requestMillis() {
            return 0;
        }
    }

    private static final int GRACE_MILLIS = 2_000;
    private static final int ABORT_MILLIS = 500;

    /** How long a client may pause before its connection is closed on Ctrl-C. */
    private static final int STOP_QUIET_MILLIS = 50;

    /** The kernel makes it net.core.somaxconn where that is less (listen(2)). */
    private static final int BACKLOG = 4_096;

    private final ServerSocket listener;
    private final Recording recording;
    private final ServerOptions options;
    private final ThreadModel model;
    private final Diagnostics diagnostics;
    private final ServerLifecycle lifecycle;

    /** Accepted and not yet closed; those that wait for a thread of the pool among them. */
    private final Set<Connection> clients = new HashSet<>();

    private volatile Thread thread;
    private volatile Watchdog watchdog;

    private BlockingAcceptor(
            ServerSocket listener,
            Recording recording,
            ServerOptions options,
            ThreadModel model,
            Diagnostics diagnostics,
            ServerLifecycle lifecycle) {
        this.listener = listener;
        this.recording = recording;
        this.options = options;
        this.model = model;
        this.diagnostics = diagnostics;
        this.lifecycle = lifecycle;
    }

    /**
     * Binds and listens: from now on clients can connect, and wait.
     *
     * @throws LabException if the address cannot be had, or the recording of {@code --capture} cannot begin
     */
    public static BlockingAcceptor bind(ServerOptions options, ThreadModel model, Diagnostics diagnostics) {
        // One client is being served and has left the queue, and Linux lets one more in than it is asked to.
        int backlog = model instanceof ThreadModel.Iterative ? Math.max(1, options.maxClients() - 2) : BACKLOG;
        ServerLifecycle lifecycle = ServerLifecycle.of(options, diagnostics);
        ServerSocketChannel listener = ListeningSocket.bind(options, backlog);
        Recording recording = ListeningSocket.record(options, listener, diagnostics);
        return new BlockingAcceptor(listener.socket(), recording, options, model, diagnostics, lifecycle);
    }

    /**
     * @return the address and the port that clients connect to
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /**
     * Prints the ready line and starts accepting, in a thread of its own.
     *
     * @throws LabException if this Java has no threads of the model
     */
    public synchronized void start(Service service) {
        if (lifecycle.isEnding()) {
            return;
        }
        ThreadModel.Workers workers = model.start();
        thread = new Thread("acceptor") {
            @Override
            public void run() {
                try (workers) {
                    acceptClients(service, workers);
                }
            }
        };
        diagnostics.ready(SocketAddresses.tuple(address()));
        thread.start();
        watchdog = Watchdog.start(options.idleTimeoutMillis(), service.requestMillis(), this::clients, diagnostics);
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
     * Stops accepting, lets the clients being served have the replies to what they have sent, and
     * returns when the threads have ended. After two seconds the connections left are aborted. A
     * thread that even that does not end, because nobody reads what it prints, is left behind half a
     * second later without a word: a word might get stuck as well.
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
        closeListener();
        for (Connection client : clients()) {
            try {
                client.stop();
            } catch (IOException e) {
                lifecycle.cannot("stop a client", e);
            }
        }
        try {
            if (!lifecycle.awaitClients(0, GRACE_MILLIS)) {
                for (Connection client : clients()) {
                    client.abort("was disconnected: not all it had sent was answered " + GRACE_MILLIS
                            + " ms after the stop");
                }
                lifecycle.awaitClients(0, ABORT_MILLIS);
            }
            if (thread != null) {
                thread.join(ABORT_MILLIS);
            }
        } catch (IOException e) {
            lifecycle.cannot("close a client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until exactly {@code count} clients are accepted and not yet closed.
     *
     * @return false if that is not so within {@code millis}
     */
    public boolean awaitClients(int count, int millis) throws InterruptedException {
        return lifecycle.awaitClients(count, millis);
    }

    private void acceptClients(Service service, ThreadModel.Workers workers) {
        Refusals refusals = new Refusals(service.refusal(options.maxClients()), diagnostics);
        Backoff backoff = new Backoff();
        try {
            while (!lifecycle.isEnding()) {
                boolean isClient;
                try {
                    isClient = accept(service, workers, refusals);
                    backoff.reset();
                } catch (IOException | OutOfMemoryError e) {
                    if (lifecycle.isEnding()) {
                        return;
                    }
                    // EMFILE, ENFILE, ENOBUFS: the client stays in the queue, so accepting again at once
                    // spins. Memory may be free again in a moment.
                    if (backoff.isFirst()) {
                        lifecycle.cannot("accept a client, trying again", e);
                    }
                    lifecycle.awaitEnding(backoff.nextMillis());
                    continue;
                }
                if (isClient && options.once()) {
                    lifecycle.awaitNoClients();
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            lifecycle.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            refusals.close();
            closeListener();
        }
    }

    /**
     * @return whether the client is, or was, the server's
     */
    private boolean accept(Service service, ThreadModel.Workers workers, Refusals refusals) throws IOException {
        Socket socket = listener.accept();
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        Connection client;
        try {
            client = new Connection(socket);
        } catch (IOException e) {
            lifecycle.report(peer, e);
            socket.close();
            return true;
        }
        if (!enters(client)) {
            if (lifecycle.isEnding()) {
                client.resetOnClose(); // as those that are still in the queue
                client.close();
                return false;
            }
            lifecycle.warnOfRefusal(peer);
            refusals.refuse(client);
            return false;
        }
        try {
            workers.execute(() -> serve(service, client));
        } catch (OutOfMemoryError e) { // what Java makes of EAGAIN from clone(2): too many threads
            lifecycle.cannot("start a thread for client " + SocketAddresses.tuple(peer), e);
            leaves(client);
            refusals.refuse(client);
        }
        return true;
    }

    private void serve(Service service, Connection client) {
        try (client) {
            serveOrReset(service, client);
            if (client.isStopping()) {
                client.finish(STOP_QUIET_MILLIS);
            }
        } catch (IOException e) {
            lifecycle.report(client.peer(), e);
        } catch (LabException | LinkageError e) {
            lifecycle.fail(e);
            closeListener();
        } catch (RuntimeException | Error e) { // of the program, or of memory, that this client has met
            lifecycle.report(client.peer(), new IOException(ServerLifecycle.internalError(e), e));
        } finally {
            leaves(client);
        }
    }

    private static void serveOrReset(Service service, Connection client) throws IOException {
        try {
            service.serve(client);
        } catch (LabException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            client.resetOnClose(); // what was sent must not look complete
            throw e;
        }
    }

    /**
     * @return false if there is no room for it
     */
    private synchronized boolean enters(Connection client) {
        return lifecycle.enter() && clients.add(client);
    }

    private void leaves(Connection client) {
        synchronized (this) {
            clients.remove(client);
        }
        lifecycle.leave();
    }

    private synchronized Collection<Connection> clients() {
        return List.copyOf(clients);
    }

    private void closeListener() {
        lifecycle.end();
        Watchdog started = watchdog;
        if (started != null) {
            started.close();
        }
        try {
            listener.close();
        } catch (IOException e) {
            lifecycle.cannot("close the server", e);
        }
    }
}
