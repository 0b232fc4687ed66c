package netlabs.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code echo}, {@code udp}: a {@link LoadSuite} as a subcommand. */
final class LoadCommand extends Subcommand {
    private final LoadSuite suite;

    LoadCommand(LoadSuite suite) {
        super(suite.name(), suite.summary());
        this.suite = suite;
    }

    @Override
    protected void define(CommandSpec spec) {
        LoadOptions.define(spec, suite.defaults());
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        LoadOptions load = LoadOptions.of(parsed, suite.name(), suite.defaults());
        SuiteOptions options = load.suite();
        Installation installation = new Installation(options.home(), options.jdk());
        NativeProgram generator = installation.nativeProgram(suite.generator());
        Roster roster = new Roster(options.chosen(suite.contestants(installation)));
        generator.build();
        installation.nativeProgram(suite.yardstick().source()).build();

        Machine machine = Machine.with(List.of(options.jdk()));
        console.out().line(machine.toString());
        List<Contestant> running = roster.announce(console.out());
        Map<String, LoadGenerator> generators = new LinkedHashMap<>();
        Map<String, Object> commands = new LinkedHashMap<>();
        for (LoadSuite.Workload workload : suite.workloads()) {
            LoadPlan plan = new LoadPlan(load.warmUpMillis(), load.measureMillis(), workload.messages());
            generators.put(workload.name(), new LoadGenerator(generator, plan));
            commands.put(
                    ("generator " + workload.name()).strip(),
                    generators.get(workload.name()).describe());
        }
        String unit = suite.defaults().loadUnit();
        Progress progress = new Progress(options.rounds(), unit, console.out());
        List<Sample<LoadFigures>> samples = new Contest<>(
                        new LoadTrial(generators), sample -> progress.show(sample, LoadTables::inWords))
                .run(Turn.inTurn(options.rounds(), load.loads(), running));

        List<LoadSummary> summaries = LoadSummary.of(samples);
        List<String> columns = new ArrayList<>(List.of(suite.yardstick().name()));
        columns.addAll(suite.rivals());
        new LoadTables(roster, unit, columns).print(summaries, console);
        new Report<>(suite.name(), started, machine, load.settings(commands), roster.all(), unit, samples, summaries)
                .write(options.json());
        progress.end(samples, options.json());
    }
}
