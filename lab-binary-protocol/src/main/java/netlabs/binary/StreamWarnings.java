package netlabs.binary;

import netlabs.common.console.Diagnostics;

/**
 * What is odd about the frames of one sender and yet no reason to end. The first of each kind is a line,
 * the others are counted: a sender must not be able to flood the terminal.
 */
final class StreamWarnings {
    private final String sender;
    private final Diagnostics diagnostics;
    private int orders;
    private int unfinished;

    /**
     * @param sender begins each line: {@code client ('127.0.0.1', 5)}
     */
    StreamWarnings(String sender, Diagnostics diagnostics) {
        this.sender = sender;
        this.diagnostics = diagnostics;
    }

    /** {@code order} came, and it is not the one after {@code last}. */
    void order(long last, long order) {
        if (orders++ > 0) {
            return;
        }
        long skipped = order - last - 1 & FrameCodec.MAX_UNSIGNED;
        String what;
        if (order == last) {
            what = "the same again";
        } else if (skipped > FrameCodec.MAX_UNSIGNED / 2) {
            what = "it goes backwards";
        } else {
            what = skipped == 1 ? "1 frame is missing" : skipped + " frames are missing";
        }
        warn("order " + order + " after " + last + ", " + what);
    }

    /** The frames of a message of {@code size} bytes ended when {@code came} were there. */
    void unfinished(long size, long came) {
        if (unfinished++ == 0) {
            warn("the message of " + size + " bytes ended after " + came);
        }
    }

    /** Says how many there were that no line was printed for. */
    void end() {
        if (orders > 1) {
            warn("the order was broken " + orders + " times");
        }
        if (unfinished > 1) {
            warn(unfinished + " messages had no end");
        }
    }

    private void warn(String what) {
        diagnostics.warning(sender + ": " + what);
    }
}
