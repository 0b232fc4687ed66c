package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * All rounds of one contestant under one load.
 *
 * @param workload the kind of work; empty where the suite has one
 * @param load in the suite's unit
 * @param contestant its name
 * @param failed how many rounds failed
 * @param perSecond round trips a second; null if all rounds failed, as what follows
 * @param p50Us median latency, in microseconds
 * @param p99Us the latency that one of a hundred round trips exceeded, in microseconds
 * @param serverShare of one processor
 * @param generatorShare of one processor
 * @param othersShare of one processor, all other programs
 * @param starved the most connections that had no round trip in a round
 * @param lost datagrams lost in all rounds
 * @param ratios the median of perSecond as a multiple of each contestant's under the same load
 */
record LoadSummary(
        String workload,
        int load,
        String contestant,
        int failed,
        Statistics perSecond,
        Statistics p50Us,
        Statistics p99Us,
        Statistics serverShare,
        Statistics generatorShare,
        Statistics othersShare,
        long starved,
        long lost,
        Map<String, Double> ratios) {

    /**
     * @return one for each workload, load and contestant, in the order in which they ran
     */
    static List<LoadSummary> of(List<Sample<LoadFigures>> samples) {
        return Sample.byContestant(samples).stream()
                .map(rounds -> of(rounds, samples))
                .toList();
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return perSecond != null;
    }

    private static LoadSummary of(List<Sample<LoadFigures>> rounds, List<Sample<LoadFigures>> samples) {
        Sample<LoadFigures> first = rounds.get(0);
        List<LoadFigures> figures = Sample.figures(rounds);
        return new LoadSummary(
                first.workload(),
                first.load(),
                first.contestant(),
                Sample.failures(rounds),
                Statistics.of(figures, LoadFigures::perSecond),
                Statistics.of(figures, LoadFigures::p50Us),
                Statistics.of(figures, LoadFigures::p99Us),
                Statistics.of(figures, LoadFigures::serverShare),
                Statistics.of(figures, LoadFigures::generatorShare),
                Statistics.of(figures, LoadFigures::othersShare),
                figures.stream().mapToLong(LoadFigures::starved).max().orElse(0),
                figures.stream().mapToLong(LoadFigures::lost).sum(),
                Sample.ratios(rounds, samples, LoadFigures::perSecond));
    }
}
