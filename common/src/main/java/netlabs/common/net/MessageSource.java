package netlabs.common.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import netlabs.common.LabException;

/** Where a client's messages come from: its arguments, a file, or the keyboard. */
public abstract class MessageSource implements AutoCloseable {
    /** For a source of another kind. */
    protected MessageSource() {}

    /**
     * @return the next message without its newline, any bytes; null at the end
     */
    public abstract byte[] next();

    @Override
    public abstract void close() throws IOException;

    /**
     * @return these, in this order
     */
    public static MessageSource of(List<String> messages) {
        return new Given(messages.iterator());
    }

    /** As {@link #ofFile(Path, int)}, with lines of at most {@link MessageDecoder#MAX_LENGTH} bytes. */
    public static MessageSource ofFile(Path path) {
        return ofFile(path, MessageDecoder.MAX_LENGTH);
    }

    /**
     * @param maxLength of a line, in bytes
     * @throws LabException if there is no such file, or it cannot be read
     */
    public static MessageSource ofFile(Path path, int maxLength) {
        try {
            if (Files.isDirectory(path)) {
                throw new LabException("cannot read " + path + ": it is a directory");
            }
            return new Lines(Files.newInputStream(path), path.toString(), maxLength);
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", path, e);
        }
    }

    /** As {@link #ofKeyboard(InputStream, int)}, with lines of at most {@link MessageDecoder#MAX_LENGTH} bytes. */
    public static MessageSource ofKeyboard(InputStream in) {
        return ofKeyboard(in, MessageDecoder.MAX_LENGTH);
    }

    /**
     * Each line as soon as it is typed; the stream is left open.
     *
     * @param maxLength of a line, in bytes
     */
    public static MessageSource ofKeyboard(InputStream in, int maxLength) {
        return new Lines(in, "standard input", maxLength) {
            @Override
            public void close() {}
        };
    }

    private static final class Given extends MessageSource {
        private final Iterator<String> messages;

        Given(Iterator<String> messages) {
            this.messages = messages;
        }

        @Override
        public byte[] next() {
            return messages.hasNext() ? messages.next().getBytes(StandardCharsets.UTF_8) : null;
        }

        @Override
        public void close() {}
    }

    /** One message per line: LF or CRLF ends it, the last may lack it, empty lines count. */
    private static class Lines extends MessageSource {
        private final InputStream in;
        private final String name;
        private final byte[] buffer = new byte[16 * 1024];
        private final ByteBuffer received = ByteBuffer.wrap(buffer).limit(0);
        private final MessageDecoder decoder;
        private final int maxLength;
        private int line = 1;
        private boolean ended;

        Lines(InputStream in, String name, int maxLength) {
            this.in = in;
            this.name = name;
            this.maxLength = maxLength;
            this.decoder = new MessageDecoder(Framing.LINE, maxLength);
        }

        @Override
        public byte[] next() {
            try {
                while (!decoder.next(received)) {
                    // A terminal would go on after its first end: not asked again, it cannot.
                    int count = ended ? -1 : in.read(buffer);
                    ended = count < 0;
                    received.clear().limit(Math.max(count, 0));
                    if (count < 0 && !decoder.end()) {
                        return null;
                    }
                    if (count < 0) {
                        break;
                    }
                }
            } catch (MessageTooLongException e) {
                throw new LabException(name + ", line " + line + ": longer than " + maxLength + " bytes", e);
            } catch (IOException e) {
                throw new LabException("cannot read " + name + ": " + e.getMessage(), e);
            }
            line++;
            byte[] message = new byte[decoder.content().remaining()];
            decoder.content().get(message);
            return message;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
