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
 * long. A call without a timeout of its own costs fewer system calls than one that has it, and a send
 * has none at all.
 */
public final class Watchdog implements AutoCloseable {
    private static final int LEAST_MILLIS = 10;

    private final int idleMillis;
    private final Supplier<Collection<Connection>> connections;
    private final Diagnostics diagnostics;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Watchdog(int idleMillis, Supplier<Collection<Connection>> connections, Diagnostics diagnostics) {
        this.idleMillis = idleMillis;
        this.connections = connections;
        this.diagnostics = diagnostics;
    }

    /**
     * Watches from now on, in a thread of its own.
     *
     * @param idleMillis how long a call may be blocked; 0: for ever. It may last a quarter longer.
     * @param connections is asked for those that are open now; any thread
     */
    public static Watchdog start(
            int idleMillis, Supplier<Collection<Connection>> connections, Diagnostics diagnostics) {
        Watchdog watchdog = new Watchdog(idleMillis, connections, diagnostics);
        if (idleMillis > 0) {
            Thread thread = new Thread(watchdog::watch, "watchdog");
            thread.setDaemon(true);
            thread.start();
        }
        return watchdog;
    }

    private void watch() {
        try {
            while (!ended.await(Math.max(LEAST_MILLIS, idleMillis / 4), TimeUnit.MILLISECONDS)) {
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
