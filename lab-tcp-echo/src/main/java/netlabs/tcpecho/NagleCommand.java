package netlabs.tcpecho;

import java.io.IOException;
import netlabs.common.cli.ClientRecording;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/** {@code nagle}. */
final class NagleCommand extends Subcommand {
    NagleCommand() {
        super("nagle", "Times write-write-read round trips with Nagle's algorithm and without it (TCP_NODELAY).");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(CommonOptions.number("--rounds", 1, 1_000, 20, "Round trips of either kind."));
        CommonOptions.addDemo(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        try (NagleExperiment experiment = new NagleExperiment(CommonOptions.port(parsed, 0))) {
            ClientRecording recording = CommonOptions.recordTcp(
                    parsed,
                    SocketAddresses.host(experiment.address().getAddress()),
                    experiment.address().getPort(),
                    () -> {},
                    console);
            try (recording) {
                experiment.run(CommonOptions.value(parsed, "--rounds")).print(console.out());
            }
        }
    }
}
