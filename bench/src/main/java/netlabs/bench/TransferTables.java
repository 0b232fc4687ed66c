package netlabs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.console.Transcript;

/** Prints what the transfer suite found: a table per kind of file, and what is compared with what. */
final class TransferTables {
    /** The contestants that the tables have ratios to. */
    private static final List<String> RIVALS = List.of("socat", "nc");

    private final Roster roster;
    private final String heading;

    /**
     * @param heading how much was transferred, and where to
     */
    TransferTables(Roster roster, String heading) {
        this.roster = roster;
        this.heading = heading;
    }

    /** {@code 1.93 GB/s, with fsync 0.80 GB/s, cpu 0.40 + 0.82 s, others 1 %, peak 5.3 + 5.5 MiB (sender + receiver)}: one round. */
    static String inWords(TransferFigures figures) {
        return gb(figures.gbPerSecond()) + " GB/s, with fsync " + gb(figures.gbPerSecondSynced()) + " GB/s, cpu "
                + Table.text("%.2f", figures.senderCpuSeconds()) + " + "
                + Table.text("%.2f", figures.receiverCpuSeconds()) + " s, others "
                + Table.percent(figures.othersShare()) + ", peak " + Table.mib(figures.senderPeakKib()) + " + "
                + Table.mib(figures.receiverPeakKib()) + " MiB (sender + receiver)";
    }

    /** Prints them. */
    void print(List<TransferSummary> summaries, Transcript out) {
        for (String workload :
                summaries.stream().map(TransferSummary::workload).distinct().toList()) {
            List<String> headings = new ArrayList<>(List.of(workload + ", " + heading, "GB/s", "min .. max"));
            RIVALS.forEach(rival -> headings.add("to " + rival));
            headings.add("with fsync");
            RIVALS.forEach(rival -> headings.add("to " + rival + "+fsync"));
            headings.addAll(List.of("cpu s", "others", "peak MiB, sender + receiver"));
            Table table = new Table(headings);
            for (TransferSummary row : summaries) {
                if (row.workload().equals(workload)) {
                    table.add(cells(row));
                }
            }
            roster.addMissing(table, workload);
            out.line("");
            table.print(out);
        }
        out.line("");
        out.print("""
                GB/s: the file's bytes by the time from the start of the sender's process to the end of both.
                The lab writes a temporary file beside the final name, fsyncs and renames it within that time; in-place is the
                lab with --output -, which writes into the file in place, without fsync, as nc, socat and python do. "with
                fsync" has an fsync of the received file after the end of both for everybody, which finds nothing to do
                behind the lab: like is compared with like there.
                iperf3 goes from memory to memory: the limit of the loopback.
                """);
    }

    private List<String> cells(TransferSummary row) {
        boolean keeps = roster.all().stream()
                .anyMatch(each -> each.name().equals(row.contestant()) && TransferContestants.keeps(each));
        String name = Table.name(keeps ? row.contestant() : row.contestant() + ", no file", row.failed());
        if (!row.hasFigures()) {
            return List.of(name, "-");
        }
        List<String> cells = new ArrayList<>();
        cells.add(name);
        cells.add(gb(row.gbPerSecond().median()));
        cells.add(Table.span("%.2f", row.gbPerSecond()));
        addRatios(row.ratios(), cells);
        cells.add(keeps ? gb(row.gbPerSecondSynced().median()) : "-");
        addRatios(keeps ? row.ratiosSynced() : Map.of(), cells);
        cells.add(Table.text("%.2f", row.cpuSeconds().median()));
        cells.add(Table.percent(row.othersShare().median()));
        cells.add(Table.mib(row.senderPeakKib().median()) + " + "
                + Table.mib(row.receiverPeakKib().median()));
        return cells;
    }

    private static void addRatios(Map<String, Double> ratios, List<String> cells) {
        for (String rival : RIVALS) {
            Double ratio = ratios.get(rival);
            cells.add(ratio == null ? "-" : Table.text("%.2f", ratio));
        }
    }

    private static String gb(double value) {
        return Table.text("%.2f", value);
    }
}
