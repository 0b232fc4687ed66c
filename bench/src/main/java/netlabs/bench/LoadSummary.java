package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rounds of one contestant under one load.
 *
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
     * @return one for each load and contestant, in the order in which they ran
     */
    static List<LoadSummary> of(List<Sample<LoadFigures>> samples) {
        List<LoadSummary> summaries = new ArrayList<>();
        Map<String, List<Sample<LoadFigures>>> groups = new LinkedHashMap<>();
        for (Sample<LoadFigures> sample : samples) {
            groups.computeIfAbsent(sample.load() + " " + sample.contestant(), key -> new ArrayList<>())
                    .add(sample);
        }
        for (List<Sample<LoadFigures>> rounds : groups.values()) {
            summaries.add(of(rounds, samples));
        }
        return summaries;
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return perSecond != null;
    }

    private static LoadSummary of(List<Sample<LoadFigures>> rounds, List<Sample<LoadFigures>> samples) {
        int load = rounds.get(0).load();
        String name = rounds.get(0).contestant();
        List<LoadFigures> figures = Sample.figures(rounds, name, load);
        int failed = rounds.size() - figures.size();
        if (figures.isEmpty()) {
            return new LoadSummary(load, name, failed, null, null, null, null, null, null, 0, 0, Map.of());
        }
        Statistics perSecond = perSecond(figures);
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Sample<LoadFigures> other : samples) {
            List<LoadFigures> others = Sample.figures(samples, other.contestant(), load);
            if (!others.isEmpty()) {
                ratios.put(other.contestant(), perSecond.ratioTo(perSecond(others)));
            }
        }
        return new LoadSummary(
                load,
                name,
                failed,
                perSecond,
                Statistics.of(figures.stream().map(LoadFigures::p50Us).toList()),
                Statistics.of(figures.stream().map(LoadFigures::p99Us).toList()),
                Statistics.of(figures.stream().map(LoadFigures::serverShare).toList()),
                Statistics.of(figures.stream().map(LoadFigures::generatorShare).toList()),
                Statistics.of(figures.stream().map(LoadFigures::othersShare).toList()),
                figures.stream().mapToLong(LoadFigures::starved).max().orElse(0),
                figures.stream().mapToLong(LoadFigures::lost).sum(),
                ratios);
    }

    private static Statistics perSecond(List<LoadFigures> figures) {
        return Statistics.of(figures.stream().map(LoadFigures::perSecond).toList());
    }
}
