package netlabs.threaded;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoClientCommand;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server}. */
final class ServerCommand extends Subcommand {
    ServerCommand() {
        super("server", "Sends every client's messages back, all clients at once, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ThreadModelOptions.add(spec);
        CommonOptions.addServer(spec, "0.0.0.0", EchoClientCommand.DEFAULT_PORT + ".");
        CommonOptions.addMessages(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        ThreadedServer.Options options = new ThreadedServer.Options(
                CommonOptions.server(parsed, EchoClientCommand.DEFAULT_PORT),
                CommonOptions.messages(parsed),
                ThreadModelOptions.model(parsed));
        try (ThreadedServer server = new ThreadedServer(options, console)) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            server.await();
            hook.remove();
        }
    }
}
