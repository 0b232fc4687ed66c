package netlabs.bench;

import java.util.List;

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
        return Sample.byContestant(samples).stream().map(IdleSummary::ofRounds).toList();
    }

    /** Whether any round succeeded. */
    boolean hasFigures() {
        return perSecond != null;
    }

    private static IdleSummary ofRounds(List<Sample<IdleFigures>> rounds) {
        String name = rounds.get(0).contestant();
        int idle = rounds.get(0).load();
        List<IdleFigures> figures = Sample.figures(rounds);
        int failed = Sample.failures(rounds);
        if (figures.isEmpty()) {
            return new IdleSummary(idle, name, failed, null, null, null, null);
        }
        return new IdleSummary(
                idle,
                name,
                failed,
                Statistics.of(figures, IdleFigures::residentBeforeKib),
                Statistics.of(figures, IdleFigures::kibPerConnection),
                Statistics.of(figures, IdleFigures::idleCpuSeconds),
                Statistics.of(figures, each -> each.busy().perSecond()));
    }
}
