package netlabs.binary;

import netlabs.common.net.MalformedMessageException;

/**
 * How much memory the unfinished frames and messages of all clients of a server may take together. Each
 * client's own bound is {@code --max-size}; thousands of them, all stopped just short of it, would be
 * more than there is. For the one thread that serves them all.
 */
final class UnfinishedBytes {
    private final long most;
    private long used;

    /**
     * @param most in bytes
     */
    UnfinishedBytes(long most) {
        this.most = most;
    }

    /** A quarter of the heap: there are copies while something grows, and replies that wait. */
    static UnfinishedBytes ofHeap() {
        return new UnfinishedBytes(Runtime.getRuntime().maxMemory() / 4);
    }

    /** No bound: for a program with one peer. */
    static UnfinishedBytes unbounded() {
        return new UnfinishedBytes(Long.MAX_VALUE);
    }

    /**
     * @throws MalformedMessageException if there is no room for so many; then nothing is taken
     */
    void take(long bytes) throws MalformedMessageException {
        if (bytes > most - used) {
            throw new MalformedMessageException(
                    "frame that there is no memory for: what is unfinished of all clients has " + used + " bytes");
        }
        used += bytes;
    }

    /** They are free again. */
    void give(long bytes) {
        used -= bytes;
    }
}
