package netlabs.capture.flow;

import netlabs.capture.analysis.Frame;

/** One row of a ladder, from above to below. */
sealed interface Row {
    /**
     * An arrow.
     *
     * @param from the sender's lifeline, from 0
     * @param to the receiver's, another one
     */
    record Arrow(Frame frame, int from, int to) implements Row {}

    /** A frame that is not on its way between two lifelines. */
    record Note(Frame frame) implements Row {}

    /** So long nothing was sent, in nanoseconds. */
    record Pause(long nanos) implements Row {}

    /** So many frames are not shown. */
    record LeftOut(long frames) implements Row {}
}
