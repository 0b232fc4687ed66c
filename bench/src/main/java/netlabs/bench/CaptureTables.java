package netlabs.bench;

import java.util.List;
import netlabs.common.console.Transcript;

/** Prints what the capture suite found. */
final class CaptureTables {
    /** Whom the recorder is compared with. */
    static final String RIVAL = "tcpdump";

    private final Roster roster;
    private final String heading;

    /**
     * @param heading what was sent
     */
    CaptureTables(Roster roster, String heading) {
        this.roster = roster;
        this.heading = heading;
    }

    /** {@code kept 1,000,000 (100.00 %), dropped 0, cpu 0.62 s, peak 58.1 MiB}: one round. */
    static String inWords(CaptureFigures figures) {
        return "kept " + Table.whole(figures.kept()) + " (" + share(figures.keptShare()) + "), dropped "
                + Table.whole(figures.dropped()) + ", cpu " + Table.text("%.2f", figures.cpuSeconds()) + " s, peak "
                + Table.mib(figures.peakKib()) + " MiB";
    }

    /** Prints it. */
    void print(List<CaptureSummary> summaries, Transcript out) {
        Table table = new Table(
                heading,
                "kept",
                "least .. most",
                "of all",
                "dropped",
                "cpu s",
                "min .. max",
                "to " + RIVAL,
                "peak MiB");
        for (CaptureSummary row : summaries) {
            table.add(cells(row));
        }
        roster.addMissing(table, "");
        out.line("");
        table.print(out);
        out.line("");
        out.print("""
                kept: packets in the file. dropped: by the kernel, as the recorder says; tcpdump counts there what the
                loopback shows twice, and keeps it once. cpu: user and system, of the whole process with its start.
                """);
    }

    private static List<String> cells(CaptureSummary row) {
        String name = Table.name(row.contestant(), row.failed());
        if (!row.hasFigures()) {
            return List.of(name, "-");
        }
        Double ratio = row.cpuRatios().get(RIVAL);
        return List.of(
                name,
                Table.whole(row.kept().median()),
                Table.span("%,.0f", row.kept()),
                share(row.keptShare().median()),
                Table.whole(row.dropped().median()),
                Table.text("%.2f", row.cpuSeconds().median()),
                Table.span("%.2f", row.cpuSeconds()),
                ratio == null ? "-" : Table.ratio(ratio),
                Table.mib(row.peakKib().median()));
    }

    private static String share(double share) {
        return Table.text("%.2f %%", 100 * share);
    }
}
