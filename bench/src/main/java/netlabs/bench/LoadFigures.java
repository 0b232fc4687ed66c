package netlabs.bench;

/**
 * What a load generator measured in its window; its names are those of the JSON line in {@code
 * measure.h}.
 *
 * @param roundTrips messages sent whose reply came and was right
 * @param seconds the length of the window
 * @param perSecond round trips a second
 * @param p50Us the median latency, in microseconds
 * @param p99Us the latency that one of a hundred round trips exceeded, in microseconds
 * @param generatorCpuSeconds processor time of the generator in the window
 * @param serverCpuSeconds processor time of the server in the window, all its threads
 * @param othersCpuSeconds processor time of all other programs in the window; proc(5) counts 0.01
 * @param starved connections without any round trip in the window
 * @param lost datagrams that no reply came to in time
 */
record LoadFigures(
        long roundTrips,
        double seconds,
        double perSecond,
        long p50Us,
        long p99Us,
        double generatorCpuSeconds,
        double serverCpuSeconds,
        double othersCpuSeconds,
        long starved,
        long lost) {

    /** From this share of a processor on, a single thread is at its limit. */
    private static final double GENERATOR_LIMIT = 0.97;

    private static final double SERVER_LIMIT = 0.95;

    /** More than the rest of a quiet machine takes. */
    private static final double OTHERS_LIMIT = 0.15;

    /** The generator's share of one processor; it has one thread, so 1 is all. */
    double generatorShare() {
        return generatorCpuSeconds / seconds;
    }

    /** The server's share of one processor: above 1 if several of its threads ran at once. */
    double serverShare() {
        return serverCpuSeconds / seconds;
    }

    /** Whether the generator was at its limit before the server was: the figure says too little of the server. */
    static boolean generatorLimits(double generatorShare, double serverShare) {
        return generatorShare >= GENERATOR_LIMIT && serverShare < SERVER_LIMIT;
    }

    /** The share of one processor that all other programs had. */
    double othersShare() {
        return othersCpuSeconds / seconds;
    }

    /** Whether other programs took so much that the figures say as much of them. */
    static boolean othersDisturb(double othersShare) {
        return othersShare >= OTHERS_LIMIT;
    }
}
