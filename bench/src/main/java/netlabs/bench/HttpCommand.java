package netlabs.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code http}: files over HTTP/1.1, as fast as wrk asks for them. */
final class HttpCommand extends Subcommand {
    private static final String NAME = "http";
    private static final int MILLIS = 1000;

    private static final SuiteDefaults DEFAULTS =
            new SuiteDefaults("--connections", "connections", List.of(64, 1000), 5);

    HttpCommand() {
        super(
                NAME,
                "Files over HTTP/1.1 keep-alive: requests a second that wrk gets from each server, processor time,"
                        + " memory.");
    }

    @Override
    protected void define(CommandSpec spec) {
        LoadOptions.define(spec, DEFAULTS);
        spec.addOption(HttpFiles.option());
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        LoadOptions load = LoadOptions.of(parsed, NAME, DEFAULTS);
        SuiteOptions options = load.suite();
        Installation installation = new Installation(options.home(), options.jdk());
        try (HttpFiles files = HttpFiles.of(parsed, options.home())) {
            Roster roster = new Roster(options.chosen(new HttpContestants(installation, files).all()));
            Wrk wrk = Wrk.of(installation, files);

            Machine machine = Machine.with(List.of(options.jdk()));
            console.out().line(machine.toString());
            List<Contestant> running = roster.announce(console.out());
            HttpTrial trial =
                    new HttpTrial(wrk, files, wholeSeconds(load.warmUpMillis()), wholeSeconds(load.measureMillis()));
            Progress progress = new Progress(options.rounds(), DEFAULTS.loadUnit(), console.out());
            List<Sample<HttpFigures>> samples = new Contest<>(
                            trial, sample -> progress.show(sample, HttpTables::inWords))
                    .run(Turn.inTurn(options.rounds(), load.loads(), running));

            List<HttpSummary> summaries = HttpSummary.of(samples);
            new HttpTables(roster, DEFAULTS.loadUnit()).print(summaries, console);
            Map<String, Object> settings = load.settings(Map.of("files", files.sizes(), "generator", wrk.describe()));
            new Report<>(NAME, started, machine, settings, roster.all(), DEFAULTS.loadUnit(), samples, summaries)
                    .write(options.json());
            progress.end(samples, options.json());
        }
    }

    /** wrk knows no others: a part of one is a whole one. */
    private static int wholeSeconds(int millis) {
        return (millis + MILLIS - 1) / MILLIS;
    }
}
