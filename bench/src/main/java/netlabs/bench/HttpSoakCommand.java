package netlabs.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code http-soak}: the servers of {@code http} under one load for long, to see whether their memory grows. */
final class HttpSoakCommand extends Subcommand {
    private static final String NAME = "http-soak";
    private static final String UNIT = "connections";
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 60;
    private static final int QUICK_SECONDS = 5;

    HttpSoakCommand() {
        super(NAME, "The servers of http under one load for a minute: resident memory each second, errors.");
    }

    @Override
    protected void define(CommandSpec spec) {
        SuiteOptions.define(spec, 1, "a shorter load (" + QUICK_SECONDS + " s)");
        spec.addOption(CommonOptions.number(
                "--connections", 1, NginxConfiguration.MAX_CONNECTIONS, CONNECTIONS, "How many connections."));
        spec.addOption(CommonOptions.number("--seconds", 1, 86_400, SECONDS, "How long the load lasts."));
        spec.addOption(HttpFiles.option());
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        SuiteOptions options = SuiteOptions.of(parsed, NAME);
        int connections = CommonOptions.value(parsed, "--connections");
        int given = CommonOptions.value(parsed, "--seconds");
        int seconds = options.quick() && !CommonOptions.isGiven(parsed, "--seconds") ? QUICK_SECONDS : given;
        Installation installation = new Installation(options.home(), options.jdk());
        try (HttpFiles files = HttpFiles.of(parsed, options.home())) {
            Roster roster = new Roster(options.chosen(new HttpContestants(installation, files).all()));
            Wrk wrk = Wrk.of(installation, files);

            Machine machine = Machine.with(List.of(options.jdk()));
            console.out().line(machine.toString());
            List<Contestant> running = roster.announce(console.out());
            Progress progress = new Progress(options.rounds(), UNIT, console.out());
            List<Sample<SoakFigures>> samples = new Contest<>(
                            new SoakTrial(wrk, files, seconds), sample -> progress.show(sample, SoakTables::inWords))
                    .run(Turn.inTurn(options.rounds(), List.of(connections), running));

            new SoakTables(roster, UNIT, seconds).print(samples, console);
            Map<String, Object> settings = Map.of(
                    "rounds", options.rounds(),
                    "connections", connections,
                    "seconds", seconds,
                    "files", files.sizes(),
                    "generator", wrk.describe());
            new Report<>(NAME, started, machine, settings, roster.all(), UNIT, samples, List.of())
                    .write(options.json());
            progress.end(samples, options.json());
            if (Sample.figures(samples).stream().anyMatch(figures -> figures.errors() > 0)) {
                throw new LabException("there were errors under load - look for warnings above");
            }
        }
    }
}
