package netlabs.common.net;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import netlabs.common.console.Diagnostics;

/**
 * Tells clients for which there is no room that there is none, and closes their connections. The
 * word is sent at once; but a close that follows at once may destroy it by a RST, because the client
 * is sending something too. A thread of its own waits a moment for that: the acceptor has no time.
 */
final class Refusals implements Runnable {
    private static final int QUIET_MILLIS = 100;
    private static final int LONGEST_QUEUE = 64;

    private final byte[] word;
    private final Diagnostics diagnostics;
    private final BlockingQueue<Connection> refused = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private Thread thread;

    /**
     * @param word what each is told; fits into the send buffer of a new socket
     */
    Refusals(byte[] word, Diagnostics diagnostics) {
        this.word = word;
        this.diagnostics = diagnostics;
    }

    /** Takes {@code client} over and closes it; one thread only calls this. */
    void refuse(Connection client) throws IOException {
        if (word.length == 0) { // a close in order might be taken for an answer
            client.resetOnClose();
            client.close();
            return;
        }
        if (thread == null) {
            thread = new Thread(this, "refusals");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            client.send(word);
        } catch (IOException e) {
            client.close(); // it has left by itself
            return;
        }
        if (!refused.offer(client)) {
            client.close(); // a flood: whoever still sends gets a RST
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
                finish(refused.take());
            }
        } catch (InterruptedException e) {
            for (Connection left; (left = refused.poll()) != null; ) {
                finish(left);
            }
        }
    }

    private void finish(Connection client) {
        try (client) {
            client.finish(QUIET_MILLIS);
        } catch (IOException e) {
            diagnostics.error("refusing a client: " + e.getMessage(), e);
        }
    }
}
