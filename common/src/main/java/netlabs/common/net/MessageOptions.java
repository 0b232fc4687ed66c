package netlabs.common.net;

/**
 * Where messages end.
 *
 * @param framing the rule
 * @param quietPeriodMillis how long a pause ends a message that no newline ends, at least 1
 */
public record MessageOptions(Framing framing, int quietPeriodMillis) {
    /** The default quiet period, in milliseconds. */
    public static final int QUIET_PERIOD_MILLIS = 200;

    /** Newlines decide, pauses do not. */
    public static final MessageOptions LINES = new MessageOptions(Framing.LINE, QUIET_PERIOD_MILLIS);

    /** The servers' default: LABS.md §0. */
    public static final MessageOptions AUTO = new MessageOptions(Framing.AUTO, QUIET_PERIOD_MILLIS);
}
