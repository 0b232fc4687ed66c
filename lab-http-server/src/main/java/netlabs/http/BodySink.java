package netlabs.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.LabException;
import netlabs.common.console.Printable;
import netlabs.common.console.Transcript;

/** Where the body of a response goes. */
interface BodySink {
    /** Nobody wants it. */
    BodySink NOWHERE = bytes -> bytes.position(bytes.limit());

    /** Takes all of {@code bytes}. */
    void take(ByteBuffer bytes);

    /** Takes the first {@code count} of {@code bytes}. */
    default void take(ByteBuffer bytes, int count) {
        int limit = bytes.limit();
        take(bytes.limit(bytes.position() + count));
        bytes.limit(limit);
    }

    /** That was all of it. */
    default void end() {}

    /** The bytes as they are. */
    record Bytes(OutputStream out, String name) implements BodySink {
        @Override
        public void take(ByteBuffer bytes) {
            try {
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                out.flush();
            } catch (IOException e) {
                throw new LabException("cannot write to " + name + ": " + LabException.reason(e), e);
            }
            bytes.position(bytes.limit());
        }
    }

    /** The bytes in a file. It is made, or emptied, once an answer is there: without one it stays as it was. */
    final class ToFile implements BodySink, Closeable {
        private final Path file;
        private OutputStream out;

        ToFile(Path file) {
            this.file = file;
        }

        @Override
        public void take(ByteBuffer bytes) {
            if (bytes.hasRemaining()) {
                new Bytes(open(), file.toString()).take(bytes);
            }
        }

        @Override
        public void end() {
            open();
        }

        private OutputStream open() {
            try {
                if (out == null) {
                    out = Files.newOutputStream(file);
                }
                return out;
            } catch (IOException e) {
                throw LabException.ofFile("cannot write", file, e);
            }
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }

    /** On a terminal: text, with what could steer it made harmless. */
    final class Text implements BodySink {
        private final Transcript transcript;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);

        /** The beginning of a character that is cut. */
        private ByteBuffer cut = ByteBuffer.allocate(0);

        private boolean afterCr;
        private boolean endsWithNewline = true;

        Text(Transcript transcript) {
            this.transcript = transcript;
        }

        @Override
        public void take(ByteBuffer bytes) {
            ByteBuffer all = ByteBuffer.allocate(cut.remaining() + bytes.remaining())
                    .put(cut)
                    .put(bytes)
                    .flip();
            CharBuffer text = CharBuffer.allocate(all.remaining());
            decoder.decode(all, text, false);
            cut = all;
            print(text.flip());
        }

        @Override
        public void end() {
            CharBuffer text = CharBuffer.allocate(2);
            decoder.decode(cut, text, true);
            decoder.flush(text);
            print(text.flip());
            if (afterCr) {
                transcript.print(Printable.escape("\r"));
                endsWithNewline = false;
            }
            if (!endsWithNewline) {
                transcript.print("\n"); // the prompt comes next
            }
        }

        private void print(CharBuffer text) {
            StringBuilder shown = new StringBuilder(text.remaining());
            int from = 0;
            String all = (afterCr ? "\r" : "") + text;
            afterCr = all.endsWith("\r");
            String now = afterCr ? all.substring(0, all.length() - 1) : all;
            String lines = now.replace("\r\n", "\n");
            for (int i = 0; i <= lines.length(); i++) {
                if (i == lines.length() || lines.charAt(i) == '\n' || lines.charAt(i) == '\t') {
                    shown.append(Printable.escape(lines.substring(from, i)));
                    if (i < lines.length()) {
                        shown.append(lines.charAt(i));
                    }
                    from = i + 1;
                }
            }
            if (shown.length() > 0) {
                endsWithNewline = shown.charAt(shown.length() - 1) == '\n';
                transcript.print(shown.toString());
            }
        }
    }
}
