package netlabs.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import picocli.CommandLine.Model.CommandSpec;

/** {@code startup}: how long a student waits, the whole process time of one request. */
final class StartupCommand extends Subcommand {
    /** The only load there is. */
    static final int ONE_REQUEST = 1;

    private static final String NAME = "startup";
    private static final int ROUNDS = 20;
    private static final int QUICK_ROUNDS = 5;

    StartupCommand() {
        super(
                NAME,
                "How long a student waits: whole-process time of one request against a running server, for a bare"
                        + " hello world, java -jar, ./lab and Python.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(SuiteOptions.homeOption());
        spec.addOption(CommonOptions.flag("--quick", "Fewer rounds (" + QUICK_ROUNDS + ")."));
        spec.addOption(CommonOptions.number(
                "--rounds", 1, 1000, ROUNDS, "How often each contestant runs, in turn with the others."));
        spec.addOption(SuiteOptions.jsonOption());
        spec.addPositional(
                CommonOptions.arguments("[<java-home> ...]", "The JDKs to compare. Default: the one that runs this."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        Path home = SuiteOptions.home(parsed);
        boolean quick = CommonOptions.value(parsed, "--quick");
        int given = CommonOptions.value(parsed, "--rounds");
        int rounds = quick && !CommonOptions.isGiven(parsed, "--rounds") ? QUICK_ROUNDS : given;
        List<Jdk> jdks = jdks(CommonOptions.arguments(parsed));
        Machine machine = Machine.with(jdks);
        console.out().line(machine.toString());
        try (Scratch scratch = Scratch.in(Path.of(System.getProperty("java.io.tmpdir")));
                ServerProcess server = server(home)) {
            Roster roster = new Roster(new StartupContestants(home, server.port(), scratch.folder()).of(jdks));
            List<Contestant> running = roster.announce(console.out());
            Progress progress = new Progress(rounds, "requests", console.out());
            Contest<StartupFigures> contest = new Contest<>(new StartupTrial(), sample -> {
                if (sample.failure() != null) {
                    progress.show(sample, StartupFigures::toString);
                }
            });
            // Once for nothing: warms the page cache, and makes the archives of ./lab.
            contest.run(Turn.inTurn(1, List.of(ONE_REQUEST), running));
            List<Sample<StartupFigures>> samples = contest.run(Turn.inTurn(rounds, List.of(ONE_REQUEST), running));

            List<StartupSummary> summaries = StartupSummary.of(samples, running, jdks);
            print(summaries, console.out());
            Path json = SuiteOptions.json(parsed, home, NAME);
            new Report<>(NAME, started, machine, Map.of("rounds", rounds), roster.all(), "request", samples, summaries)
                    .write(json);
            progress.end(samples, json);
        }
    }

    private static List<Jdk> jdks(List<String> homes) {
        if (homes.isEmpty()) {
            return List.of(Jdk.running());
        }
        List<Jdk> jdks = homes.stream().map(home -> Jdk.in(Path.of(home))).toList();
        if (jdks.stream().map(Jdk::version).distinct().count() < jdks.size()) {
            throw new UsageException("two JDKs of one version cannot be told apart");
        }
        return jdks;
    }

    private static ServerProcess server(Path home) throws InterruptedException {
        Contestant server = new Installation(home, Jdk.running())
                .lab(
                        "server",
                        "lab-tcp-echo",
                        "server",
                        "--exercise",
                        "echo",
                        "--port",
                        "0",
                        "--quiet",
                        // The Python client ends its message by a pause, which must not count for it.
                        "--quiet-period",
                        "1ms");
        if (!server.runs()) {
            throw new LabException(server.missing());
        }
        try {
            return ServerProcess.start(server);
        } catch (TrialFailedException e) {
            throw new LabException("the server of lab-tcp-echo cannot be used: " + e.getMessage(), e);
        }
    }

    private static void print(List<StartupSummary> summaries, Transcript out) {
        Table table = new Table("one request", "median ms", "10th .. 90th percentile", "ratio");
        for (StartupSummary row : summaries) {
            if (row.millis() == null) {
                table.add(row.contestant(), "failed");
            } else {
                table.add(
                        row.contestant(),
                        Table.text("%.1f", row.millis().median()),
                        Table.text("%.1f", row.millis().p10()) + " .. "
                                + Table.text("%.1f", row.millis().p90()),
                        row.ratio() == null ? "-" : Table.text("%.2f", row.ratio()));
            }
        }
        out.line("");
        table.print(out);
    }
}
