package netlabs.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import netlabs.common.LabException;
import netlabs.common.console.Transcript;

/**
 * Who was asked to take part.
 *
 * @param all labs and peers, those that are missing too
 */
record Roster(List<Contestant> all) {

    /**
     * Says who is missing, and how to get it.
     *
     * @return those that can run
     * @throws LabException if nobody can
     */
    List<Contestant> announce(Transcript out) {
        // Once, even if it is missing for several kinds of work.
        all.stream()
                .filter(each -> !each.runs())
                .map(each -> "missing: " + each.name() + " - " + each.missing())
                .distinct()
                .forEach(out::line);
        List<Contestant> running = all.stream().filter(Contestant::runs).toList();
        if (running.isEmpty()) {
            throw new LabException("nobody is left to take part: all contestants are missing");
        }
        return running;
    }

    /** Adds a row to {@code table} for each that cannot do {@code workload}. */
    void addMissing(Table table, String workload) {
        for (Contestant contestant : all) {
            if (!contestant.runs() && contestant.workload().equals(workload)) {
                table.add(contestant.name(), "missing");
            }
        }
    }

    /** The labs that can run. */
    List<String> labs() {
        return all.stream()
                .filter(each -> each.lab() && each.runs())
                .map(Contestant::name)
                .distinct()
                .toList();
    }

    /**
     * @param ratios of {@code contestant} to each by name
     * @return {@code selector is 0.94 of epoll-c, 1.20 of python}; empty if it is no lab, or there are no peers
     */
    String comparison(String contestant, Map<String, Double> ratios) {
        List<String> labs = labs();
        String peers = ratios.entrySet().stream()
                .filter(each -> !labs.contains(each.getKey()))
                .map((Map.Entry<String, Double> each) -> Table.ratio(each.getValue()) + " of " + each.getKey())
                .collect(Collectors.joining(", "));
        return labs.contains(contestant) && !peers.isEmpty() ? contestant + " is " + peers : "";
    }
}
