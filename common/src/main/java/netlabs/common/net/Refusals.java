package netlabs.common.net;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import netlabs.common.console.Diagnostics;

/**
 * Tells clients for which there is no room that there is none. In a thread of its own, because a
 * refusal that is followed by an immediate close may be destroyed by a RST: somebody has to wait a
 * moment for what the client is sending, and the acceptor has no time.
 */
final class Refusals implements Runnable {
    private static final int QUIET_MILLIS = 200;
    private static final int LONGEST_QUEUE = 64;

    private final byte[] word;
    private final Diagnostics diagnostics;
    private final BlockingQueue<Connection> refused = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private Thread thread;

    /**
     * @param word what each is told
     */
    Refusals(byte[] word, Diagnostics diagnostics) {
        this.word = word;
        this.diagnostics = diagnostics;
    }

    /** Takes {@code client} over and closes it; one thread only calls this. */
    void refuse(Connection client) throws IOException {
        if (thread == null) {
            thread = new Thread(this, "refusals");
            thread.setDaemon(true);
            thread.start();
        }
        if (!refused.offer(client)) {
            client.close(); // a flood: the kernel's RST must do
        }
    }

    /** Ends the thread. */
    void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                tell(refused.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Connection client) {
        try (client) {
            client.send(word);
            client.finish(QUIET_MILLIS);
        } catch (IOException e) {
            diagnostics.error("refusing a client: " + e.getMessage(), e);
        }
    }
}
