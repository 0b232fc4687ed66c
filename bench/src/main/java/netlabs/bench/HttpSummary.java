package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * All rounds of one server with one file and one number of connections.
 *
 * @param workload which file
 * @param load connections
 * @param contestant its name
 * @param failed how many rounds failed
 * @param perSecond requests a second; null if all rounds failed, as what follows
 * @param gbPerSecond gigabytes (10^9 bytes) of bodies a second
 * @param p50Us median latency, in microseconds
 * @param p99Us the latency that one of a hundred requests exceeded, in microseconds
 * @param serverShare of one processor
 * @param generatorShare of one processor
 * @param othersShare of one processor, all other programs
 * @param peakKib the server's peak resident memory, in KiB
 * @param ratios the median of perSecond as a multiple of each contestant's under the same load
 */
record HttpSummary(
        String workload,
        int load,
        String contestant,
        int failed,
        Statistics perSecond,
        Statistics gbPerSecond,
        Statistics p50Us,
        Statistics p99Us,
        Statistics serverShare,
        Statistics generatorShare,
        Statistics othersShare,
        Statistics peakKib,
        Map<String, Double> ratios) {

    /**
     * @return one for each file, load and contestant, in the order in which they ran
     */
    static List<HttpSummary> of(List<Sample<HttpFigures>> samples) {
        return Sample.byContestant(samples).stream()
                .map(rounds -> of(rounds, samples))
                .toList();
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return perSecond != null;
    }

    private static HttpSummary of(List<Sample<HttpFigures>> rounds, List<Sample<HttpFigures>> samples) {
        Sample<HttpFigures> first = rounds.get(0);
        List<HttpFigures> figures = Sample.figures(rounds);
        return new HttpSummary(
                first.workload(),
                first.load(),
                first.contestant(),
                Sample.failures(rounds),
                Statistics.of(figures, HttpFigures::perSecond),
                Statistics.of(figures, HttpFigures::gbPerSecond),
                Statistics.of(figures, HttpFigures::p50Us),
                Statistics.of(figures, HttpFigures::p99Us),
                Statistics.of(figures, HttpFigures::serverShare),
                Statistics.of(figures, HttpFigures::generatorShare),
                Statistics.of(figures, HttpFigures::othersShare),
                Statistics.of(figures, HttpFigures::peakKib),
                Sample.ratios(rounds, samples, HttpFigures::perSecond));
    }
}
