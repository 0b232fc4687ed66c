package netlabs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code capture-read}: a large capture, read by tshark and by {@code capture analyze} in turn. */
final class CaptureReadCommand extends Subcommand {
    private static final String NAME = "capture-read";
    private static final String UNIT = "packets";
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 1;
    private static final int PACKETS = 1_000_000;
    private static final int QUICK_PACKETS = 100_000;
    /** A file of a gigabyte. */
    private static final int MOST_PACKETS = 10_000_000;

    private static final int STREAMS = 1_000;

    CaptureReadCommand() {
        super(
                NAME,
                "A capture of a million packets, read by tshark and by capture analyze: whole-process time, processor"
                        + " time, memory.");
    }

    @Override
    protected void define(CommandSpec spec) {
        SuiteOptions.define(spec, ROUNDS, QUICK_ROUNDS, "fewer packets (" + QUICK_PACKETS + ")");
        spec.addOption(CommonOptions.number(
                "--packets", TcpConversation.FEWEST_FRAMES, MOST_PACKETS, PACKETS, "How many packets."));
        spec.addOption(CommonOptions.number(
                "--streams", 1, CapturedTraffic.MOST_STREAMS, STREAMS, "How many TCP connections they belong to."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        SuiteOptions options = SuiteOptions.of(parsed, NAME, QUICK_ROUNDS);
        int packets = options.number(parsed, "--packets", QUICK_PACKETS);
        int streams = CommonOptions.value(parsed, "--streams");
        if (packets / TcpConversation.FEWEST_FRAMES < streams) {
            throw new UsageException("--packets is at least " + TcpConversation.FEWEST_FRAMES + " for each of the "
                    + streams + " TCP connections of --streams, and not " + packets);
        }
        Installation installation = new Installation(options.home(), options.jdk());
        NativeProgram rusage = installation.nativeProgram("rusage");
        rusage.build();
        Machine machine = Machine.with(List.of(options.jdk()));
        console.out().line(machine.toString());
        try (Scratch scratch = Scratch.in(options.home().resolve("bench/target"))) {
            CapturedTraffic traffic = new CapturedTraffic(scratch.folder().resolve("traffic.pcap"), packets, streams);
            Roster roster = new Roster(options.chosen(contestants(installation, traffic.file())));
            List<Contestant> running = roster.announce(console.out());
            traffic.make();
            CaptureReadTrial trial = new CaptureReadTrial(rusage, traffic, scratch.folder());
            // Once for nothing: warms the page cache, and makes the archive of ./lab. Who fails, fails again below.
            new Contest<>(trial, sample -> {}).run(Turn.inTurn(1, List.of(packets), running));
            Progress progress = new Progress(options.rounds(), UNIT, console.out());
            List<Sample<CaptureReadFigures>> samples = new Contest<>(
                            trial, sample -> progress.show(sample, CaptureReadTables::inWords))
                    .run(Turn.inTurn(options.rounds(), List.of(packets), running));

            List<CaptureReadSummary> summaries = CaptureReadSummary.of(samples);
            long bytes = Files.size(traffic.file());
            new CaptureReadTables(roster, packets + " packets, " + streams + " streams, " + (bytes >> 20) + " MiB")
                    .print(summaries, console);
            Map<String, Object> settings =
                    Map.of("rounds", options.rounds(), "packets", packets, "streams", streams, "bytes", bytes);
            new Report<>(NAME, started, machine, settings, roster.all(), UNIT, samples, summaries)
                    .write(options.json());
            progress.end(samples, options.json());
        }
    }

    private static List<Contestant> contestants(Installation installation, Path file) {
        Contestant tshark = Installation.installed(
                CaptureReadTables.RIVAL,
                "tshark",
                "tshark",
                List.of(SearchPath.orName("tshark"), "-n", "-q", "-r", file.toString(), "-z", "conv,tcp"));
        return List.of(
                installation.lab("java-jar", "capture", "analyze", file.toString()),
                installation.launched("lab", "capture", "analyze", file.toString()),
                tshark);
    }
}
