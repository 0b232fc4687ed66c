package netlabs.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import netlabs.common.console.Console;

/** Prints what a {@link LoadSuite} found: a table per load, and each lab against each peer. */
final class LoadTables {
    private final Roster roster;
    private final String unit;
    private final String yardstick;

    /**
     * @param unit what the loads count
     * @param yardstick the contestant that the ratios in the table are to
     */
    LoadTables(Roster roster, String unit, String yardstick) {
        this.roster = roster;
        this.unit = unit;
        this.yardstick = yardstick;
    }

    /** {@code 172,065/s, p99 736 us, server 99 %, generator 97 %}: one round. */
    static String inWords(LoadFigures figures) {
        String words = whole(figures.perSecond()) + "/s, p99 " + whole(figures.p99Us()) + " us, server "
                + percent(figures.serverShare()) + ", generator " + percent(figures.generatorShare()) + ", others "
                + percent(figures.othersShare());
        return figures.lost() == 0 ? words : words + ", " + figures.lost() + " lost";
    }

    /** Prints them, and warnings for what does not say what it seems to. */
    void print(List<LoadSummary> summaries, Console console) {
        for (int load : summaries.stream().map(LoadSummary::load).distinct().toList()) {
            List<LoadSummary> rows =
                    summaries.stream().filter(each -> each.load() == load).toList();
            console.out().line("");
            table(rows, load).print(console.out());
            for (LoadSummary row : rows) {
                if (roster.labs().contains(row.contestant()) && row.hasFigures()) {
                    console.out().line(row.contestant() + " is " + ratios(row));
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
        if (LoadFigures.othersDisturb(others)) {
            console.err()
                    .warning("other programs took up to " + percent(others)
                            + " of a processor meanwhile: repeat it on a quiet machine");
        }
    }

    private Table table(List<LoadSummary> rows, int load) {
        Table table = new Table(
                unit + ": " + load,
                "median/s",
                "min .. max",
                "to " + yardstick,
                "p50 us",
                "p99 us",
                "server",
                "generator",
                "others");
        for (LoadSummary row : rows) {
            String name = row.failed() == 0 ? row.contestant() : row.contestant() + " (" + row.failed() + " failed)";
            if (row.hasFigures()) {
                Double ratio = row.ratios().get(yardstick);
                table.add(
                        name,
                        whole(row.perSecond().median()),
                        whole(row.perSecond().min()) + " .. "
                                + whole(row.perSecond().max()),
                        ratio == null ? "-" : ratio(ratio),
                        whole(row.p50Us().median()),
                        whole(row.p99Us().median()),
                        percent(row.serverShare().median()),
                        percent(row.generatorShare().median()),
                        percent(row.othersShare().median()));
            } else {
                table.add(name, "-");
            }
        }
        for (Contestant contestant : roster.all()) {
            if (!contestant.runs()) {
                table.add(contestant.name(), "missing");
            }
        }
        return table;
    }

    private String ratios(LoadSummary lab) {
        return lab.ratios().entrySet().stream()
                .filter(each -> !roster.labs().contains(each.getKey()))
                .map((Map.Entry<String, Double> each) -> ratio(each.getValue()) + " of " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private void warn(LoadSummary row, Console console) {
        String who = unit + ": " + row.load() + ", " + row.contestant() + ": ";
        if (row.hasFigures()
                && LoadFigures.generatorLimits(
                        row.generatorShare().median(), row.serverShare().median())) {
            console.err()
                    .warning(who + "the generator was at its limit and the server was not: it can do more than this");
        }
        if (row.starved() > 0) {
            console.err().warning(who + "up to " + row.starved() + " of them had no round trip at all in a round");
        }
        if (row.lost() > 0) {
            console.err().warning(who + row.lost() + " datagrams were lost");
        }
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
