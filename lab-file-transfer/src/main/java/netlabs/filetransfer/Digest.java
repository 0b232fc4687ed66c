package netlabs.filetransfer;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The SHA-256 (FIPS 180-4) of the bytes that pass through its buffers, computed by a thread of its own
 * while the next bytes are read and written:
 *
 * <pre>
 *   who copies:      take, read into it, write from it, give ──┐
 *                     ▲                                        ▼
 *   free buffers ─────┘◄──────────── digest thread ◄──── full buffers
 * </pre>
 *
 * Whoever copies waits only when all buffers are full: then the digest is the slowest. Without a digest
 * the buffers just go round.
 */
final class Digest implements AutoCloseable {
    /** The length of a SHA-256. */
    static final int BYTES = 32;

    /** One is being filled while the others wait for the digest. */
    static final int BUFFERS = 3;

    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final BufferPool pool;
    private final MessageDigest sha256;
    private final int count;
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);

    /**
     * @param computes whether there is to be a digest
     */
    Digest(boolean computes, BufferPool pool) {
        this.pool = pool;
        this.sha256 = computes ? sha256() : null;
        this.count = computes ? BUFFERS : 1;
        for (int i = 0; i < count; i++) {
            free.add(pool.take());
        }
        if (computes) {
            Thread thread = new Thread(this::digest, "digest");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether there is to be a digest. */
    boolean computes() {
        return sha256 != null;
    }

    /**
     * @return an empty buffer, for {@link #give} when it has been filled and written
     */
    ByteBuffer take() throws InterruptedIOException {
        return next().clear();
    }

    private ByteBuffer next() throws InterruptedIOException {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** All of {@code buffer} from its beginning to its limit is digested next. */
    void give(ByteBuffer buffer) {
        (computes() ? full : free).add(buffer.rewind());
    }

    /**
     * Waits until everything is digested. No buffer may be out.
     *
     * @return the digest of all until now; empty where there is to be none
     */
    byte[] value() throws InterruptedIOException {
        if (!computes()) {
            return new byte[0];
        }
        ByteBuffer[] all = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            all[i] = next();
        }
        try {
            return ((MessageDigest) sha256.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // the JDK's own can be
        } finally {
            free.addAll(List.of(all));
        }
    }

    /** Forgets what was digested. */
    void reset() throws InterruptedIOException {
        value();
        sha256.reset();
    }

    private void digest() {
        try {
            for (ByteBuffer next; (next = full.take()) != END; free.add(next)) {
                sha256.update(next);
            }
            give();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread, and gives the buffers back when it has ended. */
    @Override
    public void close() {
        if (computes()) {
            full.add(END);
        } else {
            give();
        }
    }

    /** A buffer that is out, because a receive or a write has failed, is left to the collector. */
    private void give() {
        for (ByteBuffer buffer; (buffer = free.poll()) != null; ) {
            pool.give(buffer);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
