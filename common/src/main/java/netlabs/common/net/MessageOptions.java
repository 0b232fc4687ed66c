package netlabs.common.net;

/**
 * Where messages end.
 *
 * @param framing the rule
 * @param quietPeriodMillis how long a pause ends a message that no newline ends, at least 1
 * @param maxLength the longest content of a message, in bytes
 */
public record MessageOptions(Framing framing, int quietPeriodMillis, int maxLength) {
    /** The default quiet period, in milliseconds. */
    public static final int QUIET_PERIOD_MILLIS = 200;

    /** What a server takes, and what a client may send. */
    public MessageOptions(Framing framing, int quietPeriodMillis) {
        this(framing, quietPeriodMillis, MessageDecoder.MAX_LENGTH);
    }

    /**
     * Lines that a client receives: a reply may be longer than its message, three times where each
     * byte was malformed and became U+FFFD.
     */
    public static final MessageOptions REPLIES =
            new MessageOptions(Framing.LINE, QUIET_PERIOD_MILLIS, 4 * MessageDecoder.MAX_LENGTH);

    /** The servers' default: LABS.md §0. */
    public static final MessageOptions AUTO = new MessageOptions(Framing.AUTO, QUIET_PERIOD_MILLIS);
}
