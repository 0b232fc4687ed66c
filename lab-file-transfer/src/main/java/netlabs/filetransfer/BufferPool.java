package netlabs.filetransfer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Direct buffers of one size that are used again and again: memory outside the heap comes back only when
 * the collector finds a buffer dead, and nothing tells it how much hangs on that.
 */
final class BufferPool {
    /**
     * Into a new file a write of 1 MiB costs a quarter less than four of 256 KiB: the kernel then takes larger pieces of
     * memory for its page cache.
     */
    static final int BUFFER_BYTES = 1024 * 1024;

    private final Deque<ByteBuffer> unused = new ArrayDeque<>();

    /**
     * @return a buffer for the caller alone, with whatever was in it
     * @throws OutOfMemoryError if there is no room for another
     */
    ByteBuffer take() {
        ByteBuffer buffer = pop();
        return buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer;
    }

    /** Where memory is short, to allocate takes its time: nobody else should wait for that. */
    private synchronized ByteBuffer pop() {
        return unused.poll();
    }

    /** The caller is done with {@code buffer}. */
    synchronized void give(ByteBuffer buffer) {
        unused.push(buffer);
    }
}
