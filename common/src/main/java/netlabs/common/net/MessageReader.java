package netlabs.common.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a {@link Connection} message by message: feeds a {@link MessageDecoder} from blocking
 * receives, with the quiet period as their timeout where one applies.
 */
public final class MessageReader {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Connection connection;
    private final MessageOptions options;
    private final int idleTimeoutMillis;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteBuffer bufferView = ByteBuffer.wrap(buffer);

    /** What has come and was not taken yet. */
    private ByteBuffer received = bufferView.limit(0);

    private MessageDecoder decoder;

    /** {@link System#nanoTime} when reading must be done; 0: whenever. */
    private long deadline;

    /**
     * @param idleTimeoutMillis how long a receive may wait for the first or the next byte; 0: for
     *     ever
     */
    public MessageReader(Connection connection, MessageOptions options, int idleTimeoutMillis) {
        this.connection = connection;
        this.options = options;
        this.idleTimeoutMillis = idleTimeoutMillis;
        this.decoder = new MessageDecoder(options.framing(), options.maxLength());
    }

    /**
     * From now on all that is read must come within {@code millis} altogether, not each byte.
     */
    public void within(int millis) {
        deadline = System.nanoTime() + millis * 1_000_000L | 1;
    }

    /**
     * Blocks until a message is complete.
     *
     * @return false at the end of the stream
     * @throws SocketTimeoutException if no byte came for the idle timeout
     * @throws MessageTooLongException if the bound is exceeded; nothing can be read after that
     */
    public boolean next() throws IOException {
        while (!nextReceived()) {
            boolean quietCounts = decoder.awaitsQuiet();
            try {
                if (!receive(quietCounts ? quietMillis() : idleTimeoutMillis)) {
                    return connection.isCutShort() ? decoder.quiet() : decoder.end();
                }
            } catch (SocketTimeoutException e) {
                if (quietCounts) {
                    return decoder.quiet();
                }
                throw e;
            }
        }
        return true;
    }

    /**
     * Takes the next message only if it has been received whole; never blocks.
     *
     * @return false if more has to be received for it
     * @throws MessageTooLongException as {@link #next} does
     */
    public boolean nextReceived() throws IOException {
        return decoder.next(received);
    }

    /**
     * Blocks until something has come, and takes whatever one receive returned as the message: what
     * the Python originals do.
     *
     * @return the bytes, at most 16 KiB; empty at the end of the stream
     * @throws SocketTimeoutException if no byte came for the idle timeout
     */
    public byte[] nextReceive() throws IOException {
        if (!received.hasRemaining() && !receive(idleTimeoutMillis)) {
            return new byte[0];
        }
        byte[] bytes = new byte[received.remaining()];
        received.get(bytes);
        return bytes;
    }

    /**
     * Reads a greeting that no newline ends, before anything else is read. The bytes expected are
     * taken as soon as they are there, with a newline that came along behind them. Any other
     * greeting, a longer one among them, ends at its newline or at the quiet period.
     *
     * @return the greeting; null if the stream ended before it
     * @throws SocketTimeoutException if it did not come within the idle timeout
     */
    public byte[] greeting(byte[] expected) throws IOException {
        byte[] got = new byte[0];
        do {
            byte[] more = nextReceive();
            if (more.length == 0) {
                return got.length == 0 ? null : got;
            }
            got = concat(got, more);
        } while (got.length < expected.length && startsWith(expected, got));
        received = ByteBuffer.wrap(got);
        if (startsWith(got, expected)) {
            int end = expected.length;
            end += end < got.length && got[end] == '\r' ? 1 : 0;
            end += end < got.length && got[end] == '\n' ? 1 : 0;
            if (got.length == expected.length || end > expected.length) {
                received.position(end);
                return expected;
            }
        }
        MessageDecoder afterGreeting = decoder;
        decoder = new MessageDecoder(Framing.AUTO);
        byte[] other = next() ? content() : null;
        decoder = afterGreeting;
        return other;
    }

    /**
     * @return the content of the message that {@link #next} completed, until the next call of this
     *     reader
     */
    public ByteBuffer view() {
        return decoder.content();
    }

    /**
     * @return a copy of the content of the message that {@link #next} completed
     */
    public byte[] content() {
        ByteBuffer content = view();
        byte[] bytes = new byte[content.remaining()];
        content.get(content.position(), bytes);
        return bytes;
    }

    /**
     * @return the content as text, malformed UTF-8 replaced by U+FFFD
     */
    public String text() {
        return new String(content(), StandardCharsets.UTF_8);
    }

    /**
     * @return what ended the message that {@link #next} completed
     */
    public Ending ending() {
        return decoder.ending();
    }

    /**
     * @return how many bytes have come behind the last message
     */
    public int pending() throws IOException {
        return decoder.pending() + received.remaining() + connection.available();
    }

    private int quietMillis() {
        int quiet = options.quietPeriodMillis();
        return idleTimeoutMillis == 0 ? quiet : Math.min(quiet, idleTimeoutMillis);
    }

    private boolean receive(int waitMillis) throws IOException {
        int wait = waitMillis;
        if (deadline != 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            wait = (int) (waitMillis == 0 ? left : Math.min(waitMillis, left));
        }
        int count = connection.receive(buffer, wait);
        received = bufferView.clear().limit(Math.max(count, 0));
        return count >= 0;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
