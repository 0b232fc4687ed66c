package netlabs.binary;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server}. */
final class ServerCommand extends Subcommand {
    ServerCommand() {
        super("server", "Prints every client's frames, and with --echo sends them back, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        FrameOptions.addKind(spec);
        spec.addOption(CommonOptions.flag("--echo", "Send every frame back."));
        FrameOptions.addMaxSize(
                spec, "Disconnect a client that announces a larger size, for a message or, variable, a frame.");
        CommonOptions.addServer(spec, "0.0.0.0", FrameOptions.DEFAULT_PORT_TEXT);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        BinaryServer.Options options = new BinaryServer.Options(
                CommonOptions.server(parsed, FrameOptions.DEFAULT_PORT),
                FrameOptions.codec(parsed),
                CommonOptions.value(parsed, "--max-size"),
                CommonOptions.value(parsed, "--echo"),
                "");
        try (BinaryServer server = new BinaryServer(options, console)) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            server.await();
            hook.remove();
        }
    }
}
