package netlabs.common.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * Whether a TCP server still runs, how many clients it has, and what it has failed of: the same for
 * the blocking accept loop and for the event loop. Any thread.
 */
final class ServerLifecycle {
    private final ServerOptions options;
    private final Diagnostics diagnostics;
    private final CountDownLatch ending = new CountDownLatch(1);
    private int clients;
    private Throwable failure;

    /**
     * For a server that is about to listen. Java 17 opens a descriptor pair of its own when it closes
     * the first socket, and cannot go on if there is none left by then: so that is now.
     *
     * @throws LabException if there is none left already
     */
    static ServerLifecycle of(ServerOptions options, Diagnostics diagnostics) {
        try {
            SocketChannel.open().close();
        } catch (IOException e) {
            throw SocketErrors.listening(new InetSocketAddress(options.bind(), options.port()), e);
        }
        return new ServerLifecycle(options, diagnostics);
    }

    private ServerLifecycle(ServerOptions options, Diagnostics diagnostics) {
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /** From now on it is ending: nobody is let in. */
    void end() {
        ending.countDown();
    }

    boolean isEnding() {
        return ending.getCount() == 0;
    }

    void awaitEnding() throws InterruptedException {
        ending.await();
    }

    /**
     * @return false if it is not ending within {@code millis}
     */
    boolean awaitEnding(int millis) throws InterruptedException {
        return ending.await(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * A client has come.
     *
     * @return false if there is no room for it, or the server is ending
     */
    synchronized boolean enter() {
        if (isEnding() || clients == options.maxClients()) {
            return false;
        }
        clients++;
        notifyAll();
        return true;
    }

    /** A client that had been let in is closed. */
    synchronized void leave() {
        clients--;
        notifyAll();
    }

    /**
     * Waits until exactly {@code count} clients are in.
     *
     * @return false if that is not so within {@code millis}
     */
    synchronized boolean awaitClients(int count, int millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        while (clients != count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized void awaitNoClients() throws InterruptedException {
        while (clients > 0) {
            wait();
        }
    }

    /** A client has failed: that is said; with {@code --once} it is the server's failure too. */
    void report(InetSocketAddress client, IOException e) {
        String fault = "client " + SocketAddresses.tuple(client) + " " + SocketErrors.peerFault(e);
        if (options.once()) {
            setFailure(new LabException(fault, e));
        } else {
            diagnostics.error(fault, e);
        }
    }

    /** What is said of an error in the program that one client has met; {@code --verbose} shows where it is. */
    static String internalError(Throwable e) {
        return e instanceof OutOfMemoryError ? "no memory: " + e.getMessage() : "internal error: " + e;
    }

    void warnOfRefusal(InetSocketAddress client) {
        diagnostics.warning(
                "client " + SocketAddresses.tuple(client) + " refused: " + ServerFull.text(options.maxClients()));
    }

    /** Something that the server goes on after. */
    void cannot(String what, Throwable e) {
        diagnostics.error("cannot " + what + ": " + e.getMessage(), e);
    }

    /** The server cannot go on. */
    void fail(Throwable e) {
        setFailure(e);
        end();
    }

    private synchronized void setFailure(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** Throws what the server has failed of, if it has. */
    synchronized void throwFailure() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
