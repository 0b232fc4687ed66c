package netlabs.common.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the unfinished messages of all clients of a server may take together. Each client has a
 * bound of its own; thousands of them, all stopped just short of it, would be more than there is. Any thread.
 */
public final class UnfinishedBytes {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param most in bytes
     */
    public UnfinishedBytes(long most) {
        this.most = most;
    }

    /** A quarter of the heap: there are copies while something grows, and replies that wait. */
    public static UnfinishedBytes ofHeap() {
        return new UnfinishedBytes(Runtime.getRuntime().maxMemory() / 4);
    }

    /** No bound: for a program with one peer. */
    public static UnfinishedBytes unbounded() {
        return new UnfinishedBytes(Long.MAX_VALUE);
    }

    /**
     * @throws MalformedMessageException if there is no room for so many; then nothing is taken
     */
    public void take(long bytes) throws MalformedMessageException {
        if (bytes > most - used.get()) {
            throw new MalformedMessageException(
                    "message that there is no memory for: what is unfinished of all clients has " + used + " bytes");
        }
        used.addAndGet(bytes);
    }

    /** They are free again. */
    public void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
