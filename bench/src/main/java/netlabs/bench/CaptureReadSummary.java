package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * All rounds of one reader.
 *
 * @param contestant its name
 * @param failed how many rounds failed
 * @param seconds of the whole process; null if all rounds failed, as what follows
 * @param packetsPerSecond packets of the file by that time
 * @param cpuSeconds processor time of the process
 * @param othersShare of one processor, all others and the kernel's own threads
 * @param peakKib its peak resident memory, in KiB
 * @param ratios the median of packetsPerSecond as a multiple of each contestant's: how many times as fast
 */
record CaptureReadSummary(
        String contestant,
        int failed,
        Statistics seconds,
        Statistics packetsPerSecond,
        Statistics cpuSeconds,
        Statistics othersShare,
        Statistics peakKib,
        Map<String, Double> ratios) {

    /**
     * @return one for each contestant, in the order in which they ran
     */
    static List<CaptureReadSummary> of(List<Sample<CaptureReadFigures>> samples) {
        return Sample.byContestant(samples).stream()
                .map(rounds -> of(rounds, samples))
                .toList();
    }

    private static CaptureReadSummary of(
            List<Sample<CaptureReadFigures>> rounds, List<Sample<CaptureReadFigures>> samples) {
        List<CaptureReadFigures> figures = Sample.figures(rounds);
        return new CaptureReadSummary(
                rounds.get(0).contestant(),
                Sample.failures(rounds),
                Statistics.of(figures, CaptureReadFigures::seconds),
                Statistics.of(figures, CaptureReadFigures::packetsPerSecond),
                Statistics.of(figures, CaptureReadFigures::cpuSeconds),
                Statistics.of(figures, CaptureReadFigures::othersShare),
                Statistics.of(figures, CaptureReadFigures::peakKib),
                Sample.ratios(rounds, samples, CaptureReadFigures::packetsPerSecond));
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return seconds != null;
    }
}
