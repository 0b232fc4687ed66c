package netlabs.bench;

/**
 * What one recording took.
 *
 * @param sent how many datagrams were sent
 * @param seconds in what time
 * @param kept how many packets are in the file
 * @param dropped how many the kernel has dropped, as the recorder says
 * @param cpuSeconds processor time of the recorder's whole process, user and system
 * @param peakKib the most memory of it that was resident at once, in KiB
 */
record CaptureFigures(long sent, double seconds, long kept, long dropped, double cpuSeconds, long peakKib) {

    /** Of what was sent. */
    double keptShare() {
        return (double) kept / sent;
    }
}
