package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import netlabs.common.console.Console;

/** Prints what the soak suite found: resident memory as it went on. */
final class SoakTables {
    /** Between two columns. */
    private static final int STEP_SECONDS = 10;

    private static final int MAX_COLUMNS = 12;

    private final Roster roster;
    private final String unit;
    private final int[] seconds;

    /**
     * @param unit what the loads count
     * @param duration how long each load lasted, in seconds
     */
    SoakTables(Roster roster, String unit, int duration) {
        this.roster = roster;
        this.unit = unit;
        int step = STEP_SECONDS * Math.max(1, (duration - 1) / (STEP_SECONDS * MAX_COLUMNS) + 1);
        this.seconds = IntStream.iterate(step, each -> each < duration, each -> each + step)
                .toArray();
    }

    /** {@code 81.2 MiB at the end, 0.3 MiB more in the second half, peak 83.0 MiB, 0 errors, 27,065/s}: one run. */
    static String inWords(SoakFigures figures) {
        return Table.mib(figures.endKib()) + " MiB at the end, " + Table.mib(figures.growthKib())
                + " MiB more in the second half, peak " + Table.mib(figures.peakKib()) + " MiB, " + figures.errors()
                + " errors, " + Table.whole(figures.perSecond()) + "/s";
    }

    /** Prints a table per file and load with a row for each run, and warnings where there were errors. */
    void print(List<Sample<SoakFigures>> samples, Console console) {
        Map<String, List<Sample<SoakFigures>>> cells = new LinkedHashMap<>();
        for (Sample<SoakFigures> sample : samples) {
            cells.computeIfAbsent(work(sample), key -> new ArrayList<>()).add(sample);
        }
        for (List<Sample<SoakFigures>> rows : cells.values()) {
            console.out().line("");
            table(rows).print(console.out());
        }
        for (Sample<SoakFigures> sample : samples) {
            if (sample.figures() != null && sample.figures().errors() > 0) {
                console.err()
                        .warning(work(sample) + ", " + sample.contestant() + ": "
                                + sample.figures().errors() + " errors");
            }
        }
    }

    private Table table(List<Sample<SoakFigures>> rows) {
        List<String> headings = new ArrayList<>(List.of(work(rows.get(0)) + ", resident MiB"));
        for (int second : seconds) {
            headings.add(second + " s");
        }
        headings.addAll(List.of("end", "second half", "KiB/s", "peak", "errors", "requests/s"));
        Table table = new Table(headings);
        for (Sample<SoakFigures> row : rows) {
            table.add(cells(row));
        }
        roster.addMissing(table, rows.get(0).workload());
        return table;
    }

    private List<String> cells(Sample<SoakFigures> row) {
        SoakFigures figures = row.figures();
        if (figures == null) {
            return List.of(Table.name(row.contestant(), 1), "-");
        }
        List<String> cells = new ArrayList<>(List.of(row.contestant()));
        for (int second : seconds) {
            cells.add(Table.mib(figures.residentKib(second)));
        }
        cells.add(Table.mib(figures.endKib()));
        cells.add((figures.growthKib() > 0 ? "+" : "") + Table.mib(figures.growthKib()));
        cells.add(Table.text("%,.1f", figures.growthKibPerSecond()));
        cells.add(Table.mib(figures.peakKib()));
        cells.add(Long.toString(figures.errors()));
        cells.add(Table.whole(figures.perSecond()));
        return cells;
    }

    private String work(Sample<SoakFigures> sample) {
        return Progress.work(sample.workload(), unit, sample.load());
    }
}
