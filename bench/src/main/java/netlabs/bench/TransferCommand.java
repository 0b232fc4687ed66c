package netlabs.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code transfer}: a large file from process to process over the loopback. */
final class TransferCommand extends Subcommand {
    private static final String NAME = "transfer";
    private static final String UNIT = "MiB";
    private static final int MEBIBYTE = 1 << 20;
    private static final int ROUNDS = 5;
    private static final String SIZE = "2GiB";
    private static final long QUICK_BYTES = 256L << 20;
    private static final long MAX_BYTES = 1L << 40;

    TransferCommand() {
        super(
                NAME,
                "A large file over the loopback, into an existing file and into a new one: bytes a second of sender and"
                        + " receiver, processor time, memory.");
    }

    @Override
    protected void define(CommandSpec spec) {
        SuiteOptions.define(spec, ROUNDS, "a smaller file (" + QUICK_BYTES / MEBIBYTE + "MiB)");
        spec.addOption(CommonOptions.size("--size", MAX_BYTES, SIZE, "How large the file is, in whole MiB."));
        spec.addOption(CommonOptions.path(
                "--folder",
                "<dir>",
                "Where the file is, and where it is received; three times its size must fit. Default:"
                        + " bench/target/transfer."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        String started = Instant.now().toString();
        SuiteOptions options = SuiteOptions.of(parsed, NAME);
        long bytes = bytes(parsed, options.quick());
        Path given = CommonOptions.value(parsed, "--folder");
        Path folder = given == null ? options.home().resolve("bench/target").resolve(NAME) : given.toAbsolutePath();
        Installation installation = new Installation(options.home(), options.jdk());
        Roster roster = new Roster(options.chosen(contestants(installation)));
        NativeProgram rusage = installation.nativeProgram("rusage");
        rusage.build();

        Machine machine = Machine.with(List.of(options.jdk()));
        console.out().line(machine.toString());
        List<Contestant> running = roster.announce(console.out());
        int load = Math.toIntExact(bytes / MEBIBYTE);
        try (TransferFiles files = TransferFiles.in(folder, bytes)) {
            String fileSystem = files.fileSystem();
            Progress progress = new Progress(options.rounds(), UNIT, console.out());
            List<Sample<TransferFigures>> samples = new Contest<>(
                            new TransferTrial(rusage, files), sample -> progress.show(sample, TransferTables::inWords))
                    .run(Turn.inTurn(options.rounds(), List.of(load), running));

            List<TransferSummary> summaries = TransferSummary.of(samples);
            new TransferTables(roster, UNIT + ": " + load + ", " + fileSystem).print(summaries, console.out());
            Map<String, Object> settings = Map.of(
                    "rounds", options.rounds(), "bytes", bytes, "folder", folder.toString(), "file_system", fileSystem);
            new Report<>(NAME, started, machine, settings, roster.all(), UNIT, samples, summaries)
                    .write(options.json());
            progress.end(samples, options.json());
        }
    }

    private static long bytes(CommandSpec parsed, boolean quick) {
        long bytes = CommonOptions.<Long>value(parsed, "--size");
        if (bytes % MEBIBYTE != 0) {
            throw new UsageException("--size is in whole MiB, like 256MiB, and not " + bytes + " bytes");
        }
        return quick && !CommonOptions.isGiven(parsed, "--size") ? QUICK_BYTES : bytes;
    }

    private static List<Contestant> contestants(Installation installation) {
        List<Contestant> all = new ArrayList<>();
        for (String workload : List.of(TransferTrial.EXISTING, TransferTrial.NEW)) {
            for (Contestant contestant : new TransferContestants(installation).all()) {
                all.add(contestant.doing(workload));
            }
        }
        return all;
    }
}
