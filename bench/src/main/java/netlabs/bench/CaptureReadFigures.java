package netlabs.bench;

/**
 * What one reading took.
 *
 * @param packets how many are in the file
 * @param seconds from the start of the process to its end
 * @param cpuSeconds processor time of the whole process, user and system
 * @param othersShare of one processor that all others had meanwhile, the kernel's own threads among them
 * @param peakKib the most memory that was resident at once, in KiB
 */
record CaptureReadFigures(long packets, double seconds, double cpuSeconds, double othersShare, long peakKib) {

    double packetsPerSecond() {
        return packets / seconds;
    }
}
