package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * All rounds of one recorder.
 *
 * @param contestant its name
 * @param failed how many rounds failed
 * @param kept packets in the file; null if all rounds failed, as what follows
 * @param keptShare the same as a share of those sent
 * @param dropped by the kernel
 * @param cpuSeconds processor time of the recorder's process
 * @param peakKib its peak resident memory, in KiB
 * @param cpuRatios the median of cpuSeconds as a multiple of each contestant's
 */
record CaptureSummary(
        String contestant,
        int failed,
        Statistics kept,
        Statistics keptShare,
        Statistics dropped,
        Statistics cpuSeconds,
        Statistics peakKib,
        Map<String, Double> cpuRatios) {

    /**
     * @return one for each contestant, in the order in which they ran
     */
    static List<CaptureSummary> of(List<Sample<CaptureFigures>> samples) {
        return Sample.byContestant(samples).stream()
                .map(rounds -> of(rounds, samples))
                .toList();
    }

    private static CaptureSummary of(List<Sample<CaptureFigures>> rounds, List<Sample<CaptureFigures>> samples) {
        List<CaptureFigures> figures = Sample.figures(rounds);
        return new CaptureSummary(
                rounds.get(0).contestant(),
                Sample.failures(rounds),
                Statistics.of(figures, CaptureFigures::kept),
                Statistics.of(figures, CaptureFigures::keptShare),
                Statistics.of(figures, CaptureFigures::dropped),
                Statistics.of(figures, CaptureFigures::cpuSeconds),
                Statistics.of(figures, CaptureFigures::peakKib),
                Sample.ratios(rounds, samples, CaptureFigures::cpuSeconds));
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return kept != null;
    }
}
