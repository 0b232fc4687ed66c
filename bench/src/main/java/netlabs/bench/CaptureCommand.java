package netlabs.bench;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code capture}: the same datagrams on the loopback, recorded by tcpdump and by {@code capture record} in turn. */
final class CaptureCommand extends Subcommand {
    private static final String NAME = "capture";
    private static final String UNIT = "datagrams a second";
    private static final int ROUNDS = 5;
    private static final int COUNT = 1_000_000;
    private static final int QUICK_COUNT = 100_000;
    private static final int WARM_UP = 1_000;
    private static final int PER_SECOND = 100_000;
    private static final int BYTES = 64;
    private static final int MAX = 100_000_000;

    CaptureCommand() {
        super(
                NAME,
                "Small datagrams on the loopback, recorded by tcpdump and by capture: kept, dropped, processor time.");
    }

    @Override
    protected void define(CommandSpec spec) {
        SuiteOptions.define(spec, ROUNDS, "fewer datagrams (" + QUICK_COUNT + ")");
        spec.addOption(CommonOptions.number("--count", 1, MAX, COUNT, "How many datagrams."));
        spec.addOption(CommonOptions.number("--rate", 1, MAX, PER_SECOND, "How many a second."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        SuiteOptions options = SuiteOptions.of(parsed, NAME);
        int count = options.number(parsed, "--count", QUICK_COUNT);
        int rate = CommonOptions.value(parsed, "--rate");
        Installation installation = new Installation(options.home(), options.jdk());
        Roster roster = new Roster(options.chosen(contestants(installation)));
        NativeProgram rusage = installation.nativeProgram("rusage");
        NativeProgram flood = installation.nativeProgram("udp_flood");
        rusage.build();
        flood.build();

        Machine machine = Machine.with(List.of(options.jdk()));
        console.out().line(machine.toString());
        List<Contestant> running = roster.announce(console.out());
        try (Scratch scratch = Scratch.in(options.home().resolve("bench/target"))) {
            Progress progress = new Progress(options.rounds(), UNIT, console.out());
            // Once for nothing: makes the archive of ./lab. Who fails, fails again below.
            new Contest<>(new CaptureTrial(rusage, flood, scratch.folder(), WARM_UP, BYTES), sample -> {})
                    .run(Turn.inTurn(1, List.of(rate), running));
            CaptureTrial trial = new CaptureTrial(rusage, flood, scratch.folder(), count, BYTES);
            List<Sample<CaptureFigures>> samples = new Contest<>(
                            trial, sample -> progress.show(sample, CaptureTables::inWords))
                    .run(Turn.inTurn(options.rounds(), List.of(rate), running));

            List<CaptureSummary> summaries = CaptureSummary.of(samples);
            new CaptureTables(roster, count + " datagrams of " + BYTES + " bytes, " + rate + " a second")
                    .print(summaries, console.out());
            Map<String, Object> settings =
                    Map.of("rounds", options.rounds(), "count", count, "per_second", rate, "bytes", BYTES);
            new Report<>(NAME, started, machine, settings, roster.all(), UNIT, samples, summaries)
                    .write(options.json());
            progress.end(samples, options.json());
        }
    }

    /** As tcpdump is by default: the same ring, the same snapshot length, all interfaces. */
    private static List<Contestant> contestants(Installation installation) {
        String filter = "udp port " + ServerProcess.PORT;
        String[] words = {"capture", "record", "-q", "-i", "any", "-w", CaptureTrial.FILE, "-f", filter};
        Contestant tcpdump = Installation.installed(
                CaptureTables.RIVAL,
                "tcpdump",
                "tcpdump",
                List.of(SearchPath.orName("tcpdump"), "-n", "-i", "any", "-w", CaptureTrial.FILE, filter));
        return List.of(
                installation.lab("java-jar", words[0], Arrays.copyOfRange(words, 1, words.length)),
                installation.launched("lab", words),
                tcpdump);
    }
}
