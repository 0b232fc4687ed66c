package netlabs.filetransfer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Direct buffers of one size that are used again and again: memory outside the heap comes back only when
 * the collector finds a buffer dead, and nothing tells it how much hangs on that.
 */
final class BufferPool {
    /** Large enough that the system calls do not count, small enough for the processor's cache. */
    static final int BUFFER_BYTES = 256 * 1024;

    private final Deque<ByteBuffer> unused = new ArrayDeque<>();

    /**
     * @return a buffer for the caller alone, with whatever was in it
     */
    synchronized ByteBuffer take() {
        return unused.isEmpty() ? ByteBuffer.allocateDirect(BUFFER_BYTES) : unused.pop();
    }

    /** The caller is done with {@code buffer}. */
    synchronized void give(ByteBuffer buffer) {
        unused.push(buffer);
    }
}
