package netlabs.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import picocli.CommandLine.Model.CommandSpec;

/** {@code idle}: what 10,000 silent connections cost, and what busy ones achieve beside them. */
final class IdleCommand extends Subcommand {
    private static final String NAME = "idle";
    private static final int BUSY = 1000;

    /** Of the warm-up, whose figures nobody wants. */
    private static final int WINDOW_MILLIS = 100;

    /** Until all busy connections have begun. */
    private static final int RAMP_MILLIS = 200;

    private static final SuiteDefaults DEFAULTS = new SuiteDefaults("--idle", "idle connections", List.of(10_000), 3);

    IdleCommand() {
        super(
                NAME,
                "Idle connections: resident memory and processor time of each server, and round trips a second"
                        + " of busy connections beside the idle ones.");
    }

    @Override
    protected void define(CommandSpec spec) {
        LoadOptions.define(spec, DEFAULTS);
        spec.addOption(CommonOptions.number("--busy", 1, 20_000, BUSY, "How many busy connections beside them."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        LoadOptions options = LoadOptions.of(parsed, NAME, DEFAULTS);
        SuiteOptions suite = options.suite();
        int busy = CommonOptions.value(parsed, "--busy");
        Installation installation = new Installation(suite.home(), suite.jdk());
        NativeProgram yardstick =
                installation.nativeProgram(LoadSuite.ECHO.yardstick().source());
        NativeProgram generator = installation.nativeProgram(LoadSuite.ECHO.generator());
        List<Contestant> all = new ArrayList<>();
        all.add(installation.c(LoadSuite.ECHO.yardstick().name(), yardstick));
        all.addAll(LoadSuite.echoServers(installation));
        Roster roster = new Roster(suite.chosen(all));
        generator.build();
        yardstick.build();

        Machine machine = Machine.with(List.of(suite.jdk()));
        console.out().line(machine.toString());
        List<Contestant> running = roster.announce(console.out());
        // All of the warm-up comes before memory is read; the load beside the idle connections needs no other.
        LoadGenerator warmUp =
                new LoadGenerator(generator, new LoadPlan(options.warmUpMillis(), WINDOW_MILLIS, Messages.LINES));
        LoadGenerator beside =
                new LoadGenerator(generator, new LoadPlan(RAMP_MILLIS, options.measureMillis(), Messages.LINES));
        Trial<IdleFigures> trial = new IdleTrial(warmUp, beside, busy, Duration.ofMillis(options.measureMillis()));
        Progress progress = new Progress(suite.rounds(), DEFAULTS.loadUnit(), console.out());
        List<Sample<IdleFigures>> samples = new Contest<>(trial, sample -> progress.show(sample, IdleCommand::inWords))
                .run(Turn.inTurn(suite.rounds(), options.loads(), running));

        List<IdleSummary> summaries = IdleSummary.of(samples);
        print(summaries, roster, busy, console.out());
        new Report<>(
                        NAME,
                        started,
                        machine,
                        options.settings(
                                Map.of("busy", busy, "warm_up", warmUp.describe(), "generator", beside.describe())),
                        roster.all(),
                        DEFAULTS.loadUnit(),
                        samples,
                        summaries)
                .write(suite.json());
        progress.end(samples, suite.json());
    }

    private static String inWords(IdleFigures figures) {
        return String.format(
                Locale.ROOT,
                "%.1f KiB each (%,d to %,d KiB), %.2f s of processor time in %.0f s, beside them %s",
                figures.kibPerConnection(),
                figures.residentBeforeKib(),
                figures.residentIdleKib(),
                figures.idleCpuSeconds(),
                figures.idleSeconds(),
                LoadTables.inWords(figures.busy()));
    }

    private static void print(List<IdleSummary> summaries, Roster roster, int busy, Transcript out) {
        for (int idle : summaries.stream().map(IdleSummary::idle).distinct().toList()) {
            Table table = new Table(
                    DEFAULTS.loadUnit() + ": " + idle,
                    "KiB each",
                    "min .. max",
                    "MiB before",
                    "idle cpu s",
                    busy + " busy: median/s",
                    "min .. max");
            for (IdleSummary row : summaries) {
                if (row.idle() == idle) {
                    add(row, table);
                }
            }
            roster.addMissing(table, "");
            out.line("");
            table.print(out);
        }
    }

    private static void add(IdleSummary row, Table table) {
        String name = Table.name(row.contestant(), row.failed());
        if (!row.hasFigures()) {
            table.add(name, "-");
            return;
        }
        table.add(
                name,
                Table.text("%.1f", row.kibPerConnection().median()),
                Table.span("%.1f", row.kibPerConnection()),
                Table.text("%.1f", row.residentBeforeKib().median() / 1024),
                Table.text("%.2f", row.idleCpuSeconds().median()),
                Table.text("%,.0f", row.perSecond().median()),
                Table.span("%,.0f", row.perSecond()));
    }
}
