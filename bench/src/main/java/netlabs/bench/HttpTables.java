package netlabs.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.console.Console;

/** Prints what the HTTP suite found: a table per file and load, and each lab against each peer. */
final class HttpTables {
    private final Roster roster;
    private final String unit;

    /**
     * @param unit what the loads count
     */
    HttpTables(Roster roster, String unit) {
        this.roster = roster;
        this.unit = unit;
    }

    /** {@code 27,065/s, 2.77 GB/s, p99 5,736 us, server 99 %, generator 60 %, others 3 %, peak 81 MiB}: one round. */
    static String inWords(HttpFigures figures) {
        return Table.whole(figures.perSecond()) + "/s, " + Table.ratio(figures.gbPerSecond()) + " GB/s, p99 "
                + Table.whole(figures.p99Us()) + " us, server " + Table.percent(figures.serverShare()) + ", generator "
                + Table.percent(figures.generatorShare()) + ", others " + Table.percent(figures.othersShare())
                + ", peak " + mib(figures.peakKib()) + " MiB";
    }

    /** Prints them, and warnings for what does not say what it seems to. */
    void print(List<HttpSummary> summaries, Console console) {
        Map<String, List<HttpSummary>> cells = new LinkedHashMap<>();
        for (HttpSummary row : summaries) {
            cells.computeIfAbsent(work(row), key -> new ArrayList<>()).add(row);
        }
        for (List<HttpSummary> rows : cells.values()) {
            console.out().line("");
            table(rows).print(console.out());
            rows.stream()
                    .map(row -> roster.comparison(row.contestant(), row.ratios()))
                    .filter(comparison -> !comparison.isEmpty())
                    .forEach(console.out()::line);
        }
        LoadWarnings warnings = new LoadWarnings(console);
        double others = 0;
        for (HttpSummary row : summaries) {
            if (row.hasFigures()) {
                warnings.ofGenerator(
                        work(row) + ", " + row.contestant() + ": ",
                        row.generatorShare().median(),
                        row.serverShare().median());
                others = Math.max(others, row.othersShare().median());
            }
        }
        warnings.ofOthers(others);
    }

    private Table table(List<HttpSummary> rows) {
        String best = bestPeer(rows);
        Table table = new Table(
                work(rows.get(0)),
                "median/s",
                "min .. max",
                "GB/s",
                "to " + HttpContestants.NGINX,
                "to best peer" + (best.isEmpty() ? "" : " (" + best + ")"),
                "p50 us",
                "p99 us",
                "server",
                "generator",
                "others",
                "peak MiB");
        for (HttpSummary row : rows) {
            String name = Table.name(row.contestant(), row.failed());
            if (row.hasFigures()) {
                table.add(
                        name,
                        Table.whole(row.perSecond().median()),
                        Table.span("%,.0f", row.perSecond()),
                        Table.ratio(row.gbPerSecond().median()),
                        ratio(row, HttpContestants.NGINX),
                        ratio(row, best),
                        Table.whole(row.p50Us().median()),
                        Table.whole(row.p99Us().median()),
                        Table.percent(row.serverShare().median()),
                        Table.percent(row.generatorShare().median()),
                        Table.percent(row.othersShare().median()),
                        mib(row.peakKib().median()));
            } else {
                table.add(name, "-");
            }
        }
        roster.addMissing(table, rows.get(0).workload());
        return table;
    }

    /**
     * @return who of those that are no labs has the most requests a second; empty if there is nobody
     */
    private String bestPeer(List<HttpSummary> rows) {
        return rows.stream()
                .filter(row -> row.hasFigures() && !roster.labs().contains(row.contestant()))
                .max(Comparator.comparingDouble(row -> row.perSecond().median()))
                .map(HttpSummary::contestant)
                .orElse("");
    }

    private static String ratio(HttpSummary row, String rival) {
        Double ratio = row.ratios().get(rival);
        return ratio == null ? "-" : Table.ratio(ratio);
    }

    private String work(HttpSummary row) {
        return Progress.work(row.workload(), unit, row.load());
    }

    private static String mib(double kib) {
        return Table.whole(kib / 1024);
    }
}
