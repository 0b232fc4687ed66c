package netlabs.binary;

import java.nio.ByteBuffer;
import netlabs.common.console.Transcript;

/**
 * Follows the frames that one side sends, and prints a line for each: {@code Received ver: 1, order: 1,
 * size: 5 -> HELLO}, and behind the last frame of several {@code Message of 45 bytes: ...}.
 */
final class FrameLog {
    /** Whose frames they are. */
    enum Side {
        /** Its own: what was typed as one message is not printed as one again. */
        SENT("Sent"),
        /** Those of the other side. */
        RECEIVED("Received");

        private final String word;

        Side(String word) {
            this.word = word;
        }
    }

    private final Side side;
    private final String prefix;
    private final Transcript out;
    private final StreamWarnings warnings;
    private final MessageAssembler assembler;
    private final MessageText text = new MessageText();

    /**
     * @param prefix begins each line; empty unless two sides print in one process
     * @param out null: no lines, only the warnings
     */
    FrameLog(Side side, String prefix, Transcript out, StreamWarnings warnings) {
        this.side = side;
        this.prefix = prefix;
        this.out = out;
        this.warnings = warnings;
        this.assembler = new MessageAssembler(warnings);
    }

    /**
     * @param bytes the whole frame, from the position on; nothing is moved
     */
    void frame(Frame frame, ByteBuffer bytes) {
        int textLength = assembler.accept(frame, bytes);
        if (out == null) {
            return;
        }
        if (assembler.frameOfMessage() == 1) {
            text.begin();
        }
        ByteBuffer piece = bytes.slice(bytes.position() + FrameCodec.HEADER_BYTES, textLength);
        line(side.word + " ver: " + frame.version() + ", order: " + frame.order() + ", size: " + frame.size() + " -> "
                + text.append(piece, assembler.isComplete()));
        if (side == Side.RECEIVED && assembler.isComplete() && assembler.frameOfMessage() > 1) {
            line("Message of " + frame.size() + " bytes: " + text.whole());
        }
        if (assembler.isComplete()) {
            text.begin(); // an idle client keeps no memory
        }
    }

    /** No more frames come. */
    void end() {
        assembler.end();
        warnings.end();
    }

    private void line(String line) {
        out.line(prefix + line);
    }
}
