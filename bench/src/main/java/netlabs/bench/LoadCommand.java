package netlabs.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code echo}, {@code udp}: a {@link LoadSuite} as a subcommand. */
final class LoadCommand extends Subcommand {
    private static final int MESSAGE_BYTES = 64;

    private final LoadSuite suite;

    LoadCommand(LoadSuite suite) {
        super(suite.name(), suite.summary());
        this.suite = suite;
    }

    @Override
    protected void define(CommandSpec spec) {
        SuiteOptions.define(spec, suite.defaults());
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        SuiteOptions options = SuiteOptions.of(parsed, suite.name(), suite.defaults());
        Installation installation = new Installation(options.home(), options.jdk());
        NativeProgram yardstick = installation.nativeProgram(suite.yardstick().source());
        NativeProgram generator = installation.nativeProgram(suite.generator());
        List<Contestant> all = new ArrayList<>();
        all.add(installation.c(suite.yardstick().name(), yardstick));
        all.addAll(suite.contestants().apply(installation));
        Roster roster = new Roster(options.chosen(all));
        generator.build();
        yardstick.build();

        Machine machine = Machine.with(List.of(options.jdk()));
        console.out().line(machine.toString());
        List<Contestant> running = roster.announce(console.out());
        LoadPlan plan = new LoadPlan(options.warmUpMillis(), options.measureMillis(), MESSAGE_BYTES);
        LoadGenerator loadGenerator = new LoadGenerator(generator, plan);
        Progress progress = new Progress(options.rounds(), suite.defaults().loadUnit(), console.out());
        List<Sample<LoadFigures>> samples = new Contest<>(
                        new LoadTrial(loadGenerator), sample -> progress.show(sample, LoadTables::inWords))
                .run(Turn.inTurn(options.rounds(), options.loads(), running));

        List<LoadSummary> summaries = LoadSummary.of(samples);
        new LoadTables(roster, suite.defaults().loadUnit(), suite.yardstick().name()).print(summaries, console);
        new Report<>(
                        suite.name(),
                        started,
                        machine,
                        options.settings(Map.of("generator", loadGenerator.describe())),
                        roster.all(),
                        suite.defaults().loadUnit(),
                        samples,
                        summaries)
                .write(options.json());
        progress.end(samples, options.json());
    }
}
