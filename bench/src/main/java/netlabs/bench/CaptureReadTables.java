package netlabs.bench;

import java.util.List;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;

/** Prints what the capture-read suite found. */
final class CaptureReadTables {
    /** Whom the analysis is compared with. */
    static final String RIVAL = "tshark";

    private final Roster roster;
    private final String heading;

    /**
     * @param heading what was read
     */
    CaptureReadTables(Roster roster, String heading) {
        this.roster = roster;
        this.heading = heading;
    }

    /** {@code 0.61 s, 1,639,344 packets/s, cpu 0.92 s, others 1 %, peak 98.0 MiB}: one round. */
    static String inWords(CaptureReadFigures figures) {
        return Table.text("%.2f", figures.seconds()) + " s, " + Table.whole(figures.packetsPerSecond())
                + " packets/s, cpu " + Table.text("%.2f", figures.cpuSeconds()) + " s, others "
                + Table.percent(figures.othersShare()) + ", peak " + Table.mib(figures.peakKib()) + " MiB";
    }

    /** Prints it, and a warning if the machine was not quiet. */
    void print(List<CaptureReadSummary> summaries, Console console) {
        Transcript out = console.out();
        Table table = new Table(
                heading, "s", "min .. max", "packets/s", "to " + RIVAL, "cpu s", "others", "peak MiB", "most");
        for (CaptureReadSummary row : summaries) {
            table.add(cells(row));
        }
        roster.addMissing(table, "");
        out.line("");
        table.print(out);
        out.line("");
        out.print("""
                s: the whole process, from its start to its end. to tshark: how many times as fast. cpu: user and system.
                others: what all other programs had of one processor meanwhile. Each has counted every packet and
                found every connection, or its round failed.
                """);
        new LoadWarnings(console)
                .ofOthers(summaries.stream()
                        .filter(CaptureReadSummary::hasFigures)
                        .mapToDouble(row -> row.othersShare().median())
                        .max()
                        .orElse(0));
    }

    private static List<String> cells(CaptureReadSummary row) {
        String name = Table.name(row.contestant(), row.failed());
        if (!row.hasFigures()) {
            return List.of(name, "-");
        }
        Double ratio = row.ratios().get(RIVAL);
        return List.of(
                name,
                Table.text("%.2f", row.seconds().median()),
                Table.span("%.2f", row.seconds()),
                Table.whole(row.packetsPerSecond().median()),
                ratio == null ? "-" : Table.text("%.1f", ratio),
                Table.text("%.2f", row.cpuSeconds().median()),
                Table.percent(row.othersShare().median()),
                Table.mib(row.peakKib().median()),
                Table.mib(row.peakKib().max()));
    }
}
