package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * All rounds of one contestant with one number of idle connections.
 *
 * @param idle connections
 * @param contestant its name
 * @param failed how many rounds failed
 * @param residentBeforeKib null if all rounds failed, as what follows
 * @param kibPerConnection memory for each idle connection, in KiB
 * @param idleCpuSeconds processor time of the server while all were idle
 * @param perSecond round trips a second of the busy connections beside the idle ones
 */
record IdleSummary(
        int idle,
        String contestant,
        int failed,
        Statistics residentBeforeKib,
        Statistics kibPerConnection,
        Statistics idleCpuSeconds,
        Statistics perSecond) {

    /**
     * @return one for each load and contestant, in the order in which they ran
     */
    static List<IdleSummary> of(List<Sample<IdleFigures>> samples) {
        Set<List<Object>> seen = new LinkedHashSet<>();
        List<IdleSummary> summaries = new ArrayList<>();
        for (Sample<IdleFigures> sample : samples) {
            if (seen.add(List.of(sample.load(), sample.contestant()))) {
                summaries.add(of(samples, sample.contestant(), sample.load()));
            }
        }
        return summaries;
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return perSecond != null;
    }

    private static IdleSummary of(List<Sample<IdleFigures>> samples, String name, int idle) {
        List<IdleFigures> figures = Sample.figures(samples, name, idle);
        int failed = (int) samples.stream()
                .filter(each -> each.failure() != null
                        && each.load() == idle
                        && each.contestant().equals(name))
                .count();
        if (figures.isEmpty()) {
            return new IdleSummary(idle, name, failed, null, null, null, null);
        }
        return new IdleSummary(
                idle,
                name,
                failed,
                statistics(figures, IdleFigures::residentBeforeKib),
                statistics(figures, IdleFigures::kibPerConnection),
                statistics(figures, IdleFigures::idleCpuSeconds),
                statistics(figures, each -> each.busy().perSecond()));
    }

    private static Statistics statistics(List<IdleFigures> figures, Function<IdleFigures, Number> figure) {
        return Statistics.of(figures.stream().map(figure).toList());
    }
}
