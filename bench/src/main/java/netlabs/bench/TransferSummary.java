package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * All rounds of one contestant with one kind of file.
 *
 * @param workload into what kind of file
 * @param contestant its name
 * @param failed how many rounds failed
 * @param gbPerSecond gigabytes (10^9 bytes) a second; null if all rounds failed, as what follows
 * @param gbPerSecondSynced the same with the fsync(2) of the received file
 * @param cpuSeconds processor time of sender and receiver
 * @param othersShare of one processor, all others and the kernel's own threads
 * @param senderPeakKib the sender's peak resident memory, in KiB
 * @param receiverPeakKib the receiver's
 * @param ratios the median of gbPerSecond as a multiple of each contestant's with the same kind of file
 * @param ratiosSynced the same of gbPerSecondSynced
 */
record TransferSummary(
        String workload,
        String contestant,
        int failed,
        Statistics gbPerSecond,
        Statistics gbPerSecondSynced,
        Statistics cpuSeconds,
        Statistics othersShare,
        Statistics senderPeakKib,
        Statistics receiverPeakKib,
        Map<String, Double> ratios,
        Map<String, Double> ratiosSynced) {

    /**
     * @return one for each kind of file and contestant, in the order in which they ran
     */
    static List<TransferSummary> of(List<Sample<TransferFigures>> samples) {
        return Sample.byContestant(samples).stream()
                .map(rounds -> of(rounds, samples))
                .toList();
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return gbPerSecond != null;
    }

    private static TransferSummary of(List<Sample<TransferFigures>> rounds, List<Sample<TransferFigures>> samples) {
        String workload = rounds.get(0).workload();
        String name = rounds.get(0).contestant();
        List<TransferFigures> figures = Sample.figures(rounds);
        return new TransferSummary(
                workload,
                name,
                Sample.failures(rounds),
                Statistics.of(figures, TransferFigures::gbPerSecond),
                Statistics.of(figures, TransferFigures::gbPerSecondSynced),
                Statistics.of(figures, TransferFigures::cpuSeconds),
                Statistics.of(figures, TransferFigures::othersShare),
                Statistics.of(figures, TransferFigures::senderPeakKib),
                Statistics.of(figures, TransferFigures::receiverPeakKib),
                Sample.ratios(rounds, samples, TransferFigures::gbPerSecond),
                Sample.ratios(rounds, samples, TransferFigures::gbPerSecondSynced));
    }
}
