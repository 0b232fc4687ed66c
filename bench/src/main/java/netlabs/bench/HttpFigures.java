package netlabs.bench;

/**
 * What one server of files achieved.
 *
 * @param requests answers that came whole
 * @param seconds how long wrk ran
 * @param perSecond requests a second
 * @param gbPerSecond gigabytes (10^9 bytes) of bodies a second
 * @param p50Us the median latency, in microseconds
 * @param p99Us the latency that one of a hundred requests exceeded, in microseconds
 * @param serverShare of one processor, all its processes and threads: above 1 if several ran at once
 * @param generatorShare of one processor; wrk has one thread that works, so 1 is all
 * @param othersShare of one processor, all other programs; proc(5) counts 0.01 s
 * @param peakKib the most memory of the server that was resident at once, in KiB, from its start on
 */
record HttpFigures(
        long requests,
        double seconds,
        double perSecond,
        double gbPerSecond,
        long p50Us,
        long p99Us,
        double serverShare,
        double generatorShare,
        double othersShare,
        long peakKib) {

    /**
     * @param bytes of one body
     * @param usage wrk's, and the whole machine's meanwhile
     * @param serverCpuSeconds the server's meanwhile
     */
    static HttpFigures of(WrkFigures wrk, long bytes, Rusage usage, double serverCpuSeconds, long peakKib) {
        double others = usage.machineCpuSeconds() - usage.cpuSeconds() - serverCpuSeconds;
        return new HttpFigures(
                wrk.requests(),
                wrk.seconds(),
                wrk.perSecond(),
                wrk.perSecond() * bytes / 1e9,
                wrk.p50Us(),
                wrk.p99Us(),
                serverCpuSeconds / usage.seconds(),
                usage.cpuSeconds() / usage.seconds(),
                Math.max(0, others) / usage.seconds(),
                peakKib);
    }
}
