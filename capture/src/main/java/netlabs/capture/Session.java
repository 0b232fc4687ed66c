package netlabs.capture;

import netlabs.capture.record.Recorder;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Terminals;

/** A recording from its ready line to the line that counts its packets, whatever ends it. */
final class Session implements AutoCloseable {
    /** How often the counter is shown. */
    private static final int COUNTER_MILLIS = 250;

    private final Recorder.Options options;
    private final int seconds;
    private final boolean counter;
    private final Diagnostics diagnostics;
    private final Recorder recorder;
    private boolean closed;

    /**
     * Begins to record.
     *
     * @param seconds how long; 0: until it is closed
     * @param counter whether a line shows how many packets there are; for a terminal only
     * @throws netlabs.common.LabException if it cannot begin
     */
    Session(Recorder.Options options, int seconds, boolean counter, Diagnostics diagnostics) {
        this.options = options;
        this.seconds = seconds;
        this.counter = counter;
        this.diagnostics = diagnostics;
        this.recorder = Recorder.start(options);
    }

    /** Goes on until its count or its time is reached, or another thread closes it. */
    void run() throws InterruptedException {
        ShutdownHook hook = ShutdownHook.closing(this, diagnostics);
        try (this) {
            diagnostics.readyTo("recording " + options.device() + " to " + options.file() + " (link type "
                    + recorder.linkType() + ", snapshot length " + options.snaplen() + " bytes)");
            long start = System.nanoTime();
            long left = seconds == 0 ? Long.MAX_VALUE : seconds * 1_000L;
            while (left > 0 && !recorder.awaitEnd(counter ? Math.min(left, COUNTER_MILLIS) : left)) {
                showCounter();
                if (seconds > 0) {
                    left = seconds * 1_000L - (System.nanoTime() - start) / 1_000_000;
                }
            }
        }
        hook.remove();
    }

    private synchronized void showCounter() {
        if (counter && !closed && Terminals.isInForeground()) { // closed by Ctrl-C
            long packets = recorder.packets();
            diagnostics.status(packets + (packets == 1 ? " packet" : " packets"));
        }
    }

    /** Ends the recording and says how many packets there are. Any thread; the second call waits for the first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            recorder.close();
        } finally {
            if (counter) {
                diagnostics.status("");
            }
            Recorder.Counts counts = recorder.counts();
            diagnostics.line(counts.captured() + " packets captured, " + counts.dropped() + " dropped by kernel");
        }
    }
}
