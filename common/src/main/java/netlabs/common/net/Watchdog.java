package netlabs.common.net;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import netlabs.common.console.Diagnostics;

/**
 * Ends blocking receives and sends of connections whose peer sends nothing, or takes nothing, for too
 * long, or makes a request that takes too long. A call without a timeout of its own costs fewer system
 * calls than one that has it, and a send has none at all.
 */
public final class Watchdog implements AutoCloseable {
    private static final int LEAST_MILLIS = 10;
    private static final int MOST_MILLIS = 500;

    private final int idleMillis;
    private final int tickMillis;
    private final Supplier<Collection<Connection>> connections;
    private final Diagnostics diagnostics;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Watchdog(
            int idleMillis, int shortest, Supplier<Collection<Connection>> connections, Diagnostics diagnostics) {
        this.idleMillis = idleMillis;
        this.tickMillis = Math.max(LEAST_MILLIS, Math.min(shortest / 4, MOST_MILLIS));
        this.connections = connections;
        this.diagnostics = diagnostics;
    }

    /**
     * Watches from now on, in a thread of its own.
     *
     * @param idleMillis how long a call may be blocked; 0: for ever
     * @param requestMillis the least that {@link Connection#receiveWithin} is given; 0: it is not called. Calls
     *     may last a quarter of the shorter limit longer, and half a second at most.
     * @param connections is asked for those that are open now; any thread
     */
    public static Watchdog start(
            int idleMillis, int requestMillis, Supplier<Collection<Connection>> connections, Diagnostics diagnostics) {
        int shortest = idleMillis == 0 || requestMillis == 0
                ? idleMillis + requestMillis
                : Math.min(idleMillis, requestMillis);
        Watchdog watchdog = new Watchdog(idleMillis, shortest, connections, diagnostics);
        if (shortest > 0) {
            Thread thread = new Thread(watchdog::watch, "watchdog");
            thread.setDaemon(true);
            thread.start();
        }
        return watchdog;
    }

    /** The same where no connection has a {@link Connection#receiveWithin}. */
    public static Watchdog start(
            int idleMillis, Supplier<Collection<Connection>> connections, Diagnostics diagnostics) {
        return start(idleMillis, 0, connections, diagnostics);
    }

    private void watch() {
        try {
            while (!ended.await(tickMillis, TimeUnit.MILLISECONDS)) {
                for (Connection connection : connections.get()) {
                    end(connection);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Connection connection) {
        try {
            connection.timeOutIfBlocked(idleMillis);
        } catch (ClosedChannelException e) {
            return; // its own thread was quicker
        } catch (IOException e) {
            diagnostics.error("cannot close an idle connection: " + e.getMessage(), e);
        }
    }

    /** Ends the watch. */
    @Override
    public void close() {
        ended.countDown();
    }
}
