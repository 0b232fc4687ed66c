package netlabs.binary;

import java.nio.ByteBuffer;
import netlabs.common.console.Transcript;

/**
 * Prints frames field by field: where each is in the stream, its bytes, its name and its value. A long
 * text takes several lines of 16 bytes; a character that is cut is printed where it is complete.
 */
final class Hexdump implements FrameDecoder.Sink {
    private static final int BYTES_PER_LINE = 16;
    private static final int HEX_WIDTH = 3 * BYTES_PER_LINE;
    private static final int NAME_WIDTH = 9;

    /** More where the stream is longer than 16 MiB. */
    private static final int OFFSET_DIGITS = 6;

    private static final String DIGITS = "0123456789abcdef";

    private final FrameCodec codec;
    private final Transcript out;
    private final StreamWarnings warnings;
    private final MessageAssembler assembler;
    private final MessageText text = new MessageText();

    /** Of the next byte that is printed, in the stream. */
    private long offset;

    private int frames;

    /**
     * @param codec of the frames that are printed
     * @param warnings is told what is odd about them
     */
    Hexdump(FrameCodec codec, Transcript out, StreamWarnings warnings) {
        this.codec = codec;
        this.out = out;
        this.warnings = warnings;
        this.assembler = new MessageAssembler(warnings);
    }

    /**
     * @return {@code 2d}
     */
    static String hex(byte b) {
        return "" + DIGITS.charAt(b >> 4 & 15) + DIGITS.charAt(b & 15);
    }

    /**
     * @return how many bytes have been printed
     */
    long offset() {
        return offset;
    }

    @Override
    public void frame(Frame frame, ByteBuffer bytes) {
        int textLength = assembler.accept(frame, bytes);
        boolean goesOn = assembler.frameOfMessage() > 1;
        if (!goesOn) {
            text.begin();
        }
        frames++;
        out.line("frame " + frames + ": " + frame.length() + " bytes" + (goesOn ? ", goes on with the message" : ""));
        field(bytes, 1, "version", Integer.toString(frame.version()));
        boolean orderFirst = codec.orderOffset() < codec.sizeOffset();
        String order = Long.toString(frame.order());
        String size = Long.toString(frame.size());
        field(bytes, 4, orderFirst ? "order" : "size", orderFirst ? order : size);
        field(bytes, 4, orderFirst ? "size" : "order", orderFirst ? size : order);
        text(bytes, textLength);
        padding(bytes);
        if (goesOn && assembler.isComplete()) {
            out.line("message of " + size + " bytes: '" + text.whole() + "'");
        }
    }

    /** No more frames come. */
    void end() {
        assembler.end();
        warnings.end();
    }

    private void text(ByteBuffer bytes, int length) {
        for (int left = length; left > 0; left -= BYTES_PER_LINE) {
            int count = Math.min(left, BYTES_PER_LINE);
            boolean isLast = left <= BYTES_PER_LINE && assembler.isComplete();
            String value = text.append(bytes.slice(bytes.position(), count), isLast);
            field(bytes, count, left == length ? "text" : "", "'" + value + "'");
        }
    }

    private void padding(ByteBuffer bytes) {
        int length = bytes.remaining();
        for (int left = length; left > 0; left -= BYTES_PER_LINE) {
            int count = Math.min(left, BYTES_PER_LINE);
            boolean isFirst = left == length;
            field(bytes, count, isFirst ? "padding" : "", isFirst ? length + " bytes" : "");
        }
    }

    /** Prints the next {@code count} bytes, at most 16. */
    private void field(ByteBuffer bytes, int count, String name, String value) {
        String at = Long.toHexString(offset);
        StringBuilder line = new StringBuilder("  ")
                .append("0".repeat(Math.max(0, OFFSET_DIGITS - at.length())))
                .append(at)
                .append("  ");
        int hexEnd = line.length() + HEX_WIDTH;
        for (int i = 0; i < count; i++) {
            line.append(hex(bytes.get())).append(' ');
        }
        line.append(" ".repeat(hexEnd - line.length() + 1)).append(name);
        if (!value.isEmpty()) {
            line.append(" ".repeat(NAME_WIDTH - name.length())).append(value);
        }
        out.line(line.toString().stripTrailing());
        offset += count;
    }
}
