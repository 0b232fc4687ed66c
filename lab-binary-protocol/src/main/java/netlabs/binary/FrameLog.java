package netlabs.binary;

import java.nio.ByteBuffer;
import netlabs.common.console.Transcript;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.UnfinishedBytes;

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
    private final UnfinishedBytes memory;

    /** What was taken of it for the message so far. */
    private long taken;

    /**
     * @param prefix begins each line; empty unless two sides print in one process
     * @param out null: no lines, only the warnings
     */
    FrameLog(Side side, String prefix, Transcript out, StreamWarnings warnings) {
        this(side, prefix, out, warnings, UnfinishedBytes.unbounded());
    }

    /**
     * @param memory what the unfinished messages of all logs together may take
     */
    FrameLog(Side side, String prefix, Transcript out, StreamWarnings warnings, UnfinishedBytes memory) {
        this.memory = memory;
        this.side = side;
        this.prefix = prefix;
        this.out = out;
        this.warnings = warnings;
        this.assembler = new MessageAssembler(warnings);
    }

    /**
     * @param bytes the whole frame, from the position on; nothing is moved
     * @throws MalformedMessageException if there is no memory for the message that it goes on with
     */
    void frame(Frame frame, ByteBuffer bytes) throws MalformedMessageException {
        int textLength = assembler.accept(frame, bytes);
        if (out == null) {
            return;
        }
        if (assembler.frameOfMessage() == 1) {
            forget();
        }
        if (!assembler.isComplete()) {
            memory.take(2L * textLength); // the text grows by doubling
            taken += 2L * textLength;
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
        forget();
        assembler.end();
        warnings.end();
    }

    private void forget() {
        text.begin();
        memory.give(taken);
        taken = 0;
    }

    private void line(String line) {
        out.line(prefix + line);
    }
}
