package netlabs.capture;

import java.nio.file.Path;
import netlabs.capture.record.Recorder;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.console.Terminals;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code record}: what tcpdump -w does. */
final class RecordCommand extends Subcommand {
    private static final long MAX_BUFFER_BYTES = 1L << 30;

    /** A day is enough for a lab. */
    private static final int MAX_SECONDS = 86_400;

    RecordCommand() {
        super("record", "Records packets to a file, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(text("Where to record: a name from interfaces, or any for all of them.", "-i", "--interface")
                .paramLabel("<name>")
                .defaultValue(Recorder.ANY)
                .build());
        spec.addOption(text("Record what matches, as in tcp port 5005; see pcap-filter(7).", "-f", "--filter")
                .paramLabel("<expression>")
                .defaultValue("")
                .build());
        OptionSpec file = CommonOptions.path("-w", "<file>", "The file, which is written anew.");
        spec.addOption(file.toBuilder().names("-w", "--write").required(true).build());
        OptionSpec count = CommonOptions.number(
                "-c", 0, Integer.MAX_VALUE, 0, "End after so many packets; 0: go on until Ctrl-C.");
        spec.addOption(count.toBuilder().names("-c", "--count").build());
        OptionSpec seconds =
                CommonOptions.number("-a", 0, MAX_SECONDS, 0, "End after so many seconds; 0: go on until Ctrl-C.");
        spec.addOption(seconds.toBuilder().names("-a", "--seconds").build());
        spec.addOption(CommonOptions.size(
                "--snaplen", Recorder.SNAPLEN, Integer.toString(Recorder.SNAPLEN), "Keep so much of each packet."));
        spec.addOption(
                CommonOptions.size("--buffer", MAX_BUFFER_BYTES, "2MiB", "The kernel keeps so much until it is read."));
        OptionSpec quiet = CommonOptions.flag("-q", "Show no counter.");
        spec.addOption(quiet.toBuilder().names("-q", "--quiet").build());
    }

    private static OptionSpec.Builder text(String description, String... names) {
        return OptionSpec.builder(names).type(String.class).description(description);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        Path file = CommonOptions.value(parsed, "-w");
        if (file.toString().equals("-")) { // libpcap would take it for standard output
            throw new UsageException("-w wants a file: what goes to standard output cannot be cut to whole packets");
        }
        if (CommonOptions.<String>value(parsed, "-i").isEmpty()) {
            throw new UsageException("-i wants the name of an interface: capture interfaces lists them");
        }
        Recorder.Options options = new Recorder.Options(
                CommonOptions.value(parsed, "-i"),
                CommonOptions.value(parsed, "-f"),
                file,
                CommonOptions.<Long>value(parsed, "--snaplen").intValue(),
                CommonOptions.<Long>value(parsed, "--buffer").intValue(),
                CommonOptions.value(parsed, "-c"),
                Recorder.READ_MILLIS,
                0);
        boolean counter = !CommonOptions.<Boolean>value(parsed, "-q") && Terminals.showsErrors(console);
        new Session(options, CommonOptions.<Integer>value(parsed, "-a"), counter, console.err()).run();
    }
}
