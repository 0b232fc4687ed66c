package netlabs.filetransfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import netlabs.common.net.Connection;

/** Sends {@link Answer#WAIT} five times a second while the server works on the answer. */
final class Patience {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Connection client;
    private long last = System.nanoTime();

    Patience(Connection client) {
        this.client = client;
    }

    /** Work that cannot be cut into bits. */
    interface Work {
        void run() throws IOException;
    }

    /** Between two bits of work. */
    void workedABit() throws IOException {
        if (System.nanoTime() - last >= PERIOD_NANOS) {
            client.send(Answer.WAIT.encode());
            last = System.nanoTime();
        }
    }

    /**
     * Does {@code work} in a thread of its own, and returns when it is done.
     *
     * @throws IOException what {@code work} has thrown; or if the client cannot be reached any more, also
     *     not before the work is done
     */
    void whileDoing(Work work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(task, "patience").start();
        IOException fault = null;
        while (true) {
            try {
                task.get(PERIOD_NANOS, TimeUnit.NANOSECONDS);
                break;
            } catch (TimeoutException e) {
                if (fault == null) {
                    fault = tellOrFault();
                }
            } catch (ExecutionException e) {
                throw thrown(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    private IOException tellOrFault() {
        try {
            client.send(Answer.WAIT.encode());
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static IOException thrown(Throwable cause) {
        if (cause instanceof IOException e) {
            return e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) cause;
    }
}
