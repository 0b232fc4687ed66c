package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.console.Console;

/** Prints what a {@link LoadSuite} found: a table per load, and each lab against each peer. */
final class LoadTables {
    private final Roster roster;
    private final String unit;
    private final List<String> rivals;

    /**
     * @param unit what the loads count
     * @param rivals the contestants that the table has ratios to
     */
    LoadTables(Roster roster, String unit, List<String> rivals) {
        this.roster = roster;
        this.unit = unit;
        this.rivals = rivals;
    }

    /** {@code 172,065/s, p99 736 us, server 99 %, generator 97 %}: one round. */
    static String inWords(LoadFigures figures) {
        String words = Table.whole(figures.perSecond()) + "/s, p99 " + Table.whole(figures.p99Us()) + " us, server "
                + Table.percent(figures.serverShare()) + ", generator " + Table.percent(figures.generatorShare())
                + ", others "
                + Table.percent(figures.othersShare());
        return figures.lost() == 0 ? words : words + ", " + figures.lost() + " lost";
    }

    /** Prints them, and warnings for what does not say what it seems to. */
    void print(List<LoadSummary> summaries, Console console) {
        Map<String, List<LoadSummary>> works = new LinkedHashMap<>();
        for (LoadSummary row : summaries) {
            works.computeIfAbsent(work(row), key -> new ArrayList<>()).add(row);
        }
        for (List<LoadSummary> rows : works.values()) {
            console.out().line("");
            table(rows).print(console.out());
            for (LoadSummary row : rows) {
                String comparison = roster.comparison(row.contestant(), row.ratios());
                if (!comparison.isEmpty()) {
                    console.out().line(comparison);
                }
            }
        }
        for (LoadSummary row : summaries) {
            warn(row, console);
        }
        double others = summaries.stream()
                .filter(LoadSummary::hasFigures)
                .mapToDouble(row -> row.othersShare().median())
                .max()
                .orElse(0);
        new LoadWarnings(console).ofOthers(others);
    }

    private Table table(List<LoadSummary> rows) {
        List<String> headings = new ArrayList<>(List.of(work(rows.get(0)), "median/s", "min .. max"));
        rivals.forEach(rival -> headings.add("to " + rival));
        headings.addAll(List.of("p50 us", "p99 us", "server", "generator", "others"));
        Table table = new Table(headings);
        for (LoadSummary row : rows) {
            String name = Table.name(row.contestant(), row.failed());
            if (row.hasFigures()) {
                table.add(cells(name, row));
            } else {
                table.add(name, "-");
            }
        }
        roster.addMissing(table, rows.get(0).workload());
        return table;
    }

    private List<String> cells(String name, LoadSummary row) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        cells.add(Table.whole(row.perSecond().median()));
        cells.add(Table.span("%,.0f", row.perSecond()));
        for (String rival : rivals) {
            Double ratio = row.ratios().get(rival);
            cells.add(ratio == null ? "-" : Table.ratio(ratio));
        }
        cells.add(Table.whole(row.p50Us().median()));
        cells.add(Table.whole(row.p99Us().median()));
        cells.add(Table.percent(row.serverShare().median()));
        cells.add(Table.percent(row.generatorShare().median()));
        cells.add(Table.percent(row.othersShare().median()));
        return cells;
    }

    private String work(LoadSummary row) {
        return Progress.work(row.workload(), unit, row.load());
    }

    private void warn(LoadSummary row, Console console) {
        String who = work(row) + ", " + row.contestant() + ": ";
        if (row.hasFigures()) {
            new LoadWarnings(console)
                    .ofGenerator(
                            who,
                            row.generatorShare().median(),
                            row.serverShare().median());
        }
        if (row.starved() > 0) {
            console.err().warning(who + "up to " + row.starved() + " of them had no round trip at all in a round");
        }
        if (row.lost() > 0) {
            console.err().warning(who + row.lost() + " datagrams were lost");
        }
    }
}
