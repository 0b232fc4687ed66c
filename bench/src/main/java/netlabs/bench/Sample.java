package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What came of one {@link Turn}.
 *
 * @param round from 1 on
 * @param workload the kind of work; empty where the suite has one
 * @param load in the suite's unit
 * @param contestant its name
 * @param figures what was measured; null if it failed
 * @param failure why it failed, one line; null if it did not
 */
record Sample<F>(int round, String workload, int load, String contestant, F figures, String failure) {

    static <F> Sample<F> of(Turn turn, F figures) {
        return new Sample<>(
                turn.round(),
                turn.contestant().workload(),
                turn.load(),
                turn.contestant().name(),
                figures,
                null);
    }

    static <F> Sample<F> failed(Turn turn, String failure) {
        return new Sample<>(
                turn.round(),
                turn.contestant().workload(),
                turn.load(),
                turn.contestant().name(),
                null,
                failure);
    }

    /**
     * @return for each workload, load and contestant the samples of all its rounds, in the order in which they ran
     */
    static <F> List<List<Sample<F>>> byContestant(List<Sample<F>> samples) {
        Map<List<Object>, List<Sample<F>>> groups = new LinkedHashMap<>();
        for (Sample<F> sample : samples) {
            groups.computeIfAbsent(List.of(sample.workload, sample.load, sample.contestant), key -> new ArrayList<>())
                    .add(sample);
        }
        return List.copyOf(groups.values());
    }

    private boolean sameWork(Sample<F> other) {
        return workload.equals(other.workload) && load == other.load;
    }

    /**
     * @return the figures of those of {@code samples} that did not fail
     */
    static <F> List<F> figures(List<Sample<F>> samples) {
        return samples.stream().map(Sample::figures).filter(Objects::nonNull).toList();
    }

    /**
     * Compares what {@code rounds} of one contestant achieved with everybody's who did the same.
     *
     * @param figure what is compared
     * @return the median as a multiple of each contestant's median, by names; without those that only failed
     */
    static <F> Map<String, Double> ratios(List<Sample<F>> rounds, List<Sample<F>> samples, Function<F, Number> figure) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        if (figures(rounds).isEmpty()) {
            return ratios;
        }
        for (List<Sample<F>> others : byContestant(samples)) {
            if (others.get(0).sameWork(rounds.get(0)) && !figures(others).isEmpty()) {
                ratios.put(
                        others.get(0).contestant,
                        Statistics.of(figures(rounds), figure).ratioTo(Statistics.of(figures(others), figure)));
            }
        }
        return ratios;
    }

    /**
     * @return how many of {@code samples} failed
     */
    static <F> int failures(List<Sample<F>> samples) {
        return samples.size() - figures(samples).size();
    }
}
