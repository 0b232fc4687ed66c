package netlabs.bench;

/**
 * What one transfer took.
 *
 * @param bytes the file's
 * @param seconds from the start of the sender's process to the end of both processes
 * @param syncSeconds an fsync(2) of the received file right after that; 0 where none is kept
 * @param senderCpuSeconds processor time of the sender
 * @param receiverCpuSeconds processor time of the receiver, from its own start
 * @param othersShare of one processor that all others had while the receiver ran, the kernel's own threads among them
 * @param senderPeakKib the most memory of the sender that was resident at once, in KiB
 * @param receiverPeakKib the same of the receiver
 */
record TransferFigures(
        long bytes,
        double seconds,
        double syncSeconds,
        double senderCpuSeconds,
        double receiverCpuSeconds,
        double othersShare,
        long senderPeakKib,
        long receiverPeakKib) {

    /** Gigabytes (10^9 bytes) a second, until both processes have ended. */
    double gbPerSecond() {
        return bytes / seconds / 1e9;
    }

    /** The same until the file is on the disk as well. */
    double gbPerSecondSynced() {
        return bytes / (seconds + syncSeconds) / 1e9;
    }

    /** Processor time of both. */
    double cpuSeconds() {
        return senderCpuSeconds + receiverCpuSeconds;
    }
}
