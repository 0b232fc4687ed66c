package netlabs.common.net;

/** How long to wait before trying again: 10 ms, then twice as long each time, up to one second. */
final class Backoff {
    private static final int FIRST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 1_000;

    private int millis = FIRST_MILLIS;

    /** Whether nothing has failed since the last success. */
    boolean isFirst() {
        return millis == FIRST_MILLIS;
    }

    /** It failed. */
    int nextMillis() {
        int now = millis;
        millis = Math.min(2 * millis, LONGEST_MILLIS);
        return now;
    }

    /** It succeeded. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
