package netlabs.common.net;

/**
 * The connections for which one and the same time limit runs, in the order in which it will be over.
 * Because the limit is the same for all, the one restarted last is the last in that order: starting,
 * restarting and cancelling are a few pointers each, however many connections there are, and looking
 * for those whose time is over is looking at the first. One thread only.
 */
final class Deadlines {
    /** The place of one connection. */
    static final class Entry {
        private final EventConnection connection;
        private Entry previous;
        private Entry next;
        private long since;

        Entry(EventConnection connection) {
            this.connection = connection;
        }

        boolean isRunning() {
            return next != null;
        }
    }

    private final long nanos;

    /** Before the first and behind the last: the list is a ring. */
    private final Entry ring = new Entry(null);

    /**
     * @param millis the limit; 0: there is none
     */
    Deadlines(int millis) {
        nanos = millis * 1_000_000L;
        ring.next = ring;
        ring.previous = ring;
    }

    /** The limit runs from {@code now} on ({@link System#nanoTime}). */
    void restart(Entry entry, long now) {
        if (nanos == 0) {
            return;
        }
        entry.since = now;
        if (entry == ring.previous) {
            return;
        }
        cancel(entry);
        entry.previous = ring.previous;
        entry.next = ring;
        ring.previous.next = entry;
        ring.previous = entry;
    }

    /** The limit no longer runs, whichever it was. */
    static void cancel(Entry entry) {
        if (entry.isRunning()) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            entry.previous = null;
            entry.next = null;
        }
    }

    /**
     * @return a connection whose time is over, which is cancelled; null if there is none
     */
    EventConnection expired(long now) {
        Entry first = ring.next;
        if (first == ring || now - first.since < nanos) {
            return null;
        }
        cancel(first);
        return first.connection;
    }

    /**
     * @return nanoseconds until the first is over, at least 0; {@link Long#MAX_VALUE} if none runs
     */
    long untilFirst(long now) {
        return ring.next == ring ? Long.MAX_VALUE : Math.max(0, ring.next.since + nanos - now);
    }
}
