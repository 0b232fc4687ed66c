package netlabs.common.echo;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server} of a lab with the echo exercise. */
public final class EchoServerCommand extends Subcommand {
    private final EchoServers servers;

    /**
     * @param summary one sentence for the help
     */
    public EchoServerCommand(String summary, EchoServers servers) {
        super("server", summary);
        this.servers = servers;
    }

    @Override
    protected void define(CommandSpec spec) {
        servers.define(spec);
        CommonOptions.addServer(spec, "0.0.0.0", EchoClientCommand.DEFAULT_PORT + ".");
        CommonOptions.addMessages(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        EchoServers.Server server = servers.bind(
                parsed,
                CommonOptions.server(parsed, EchoClientCommand.DEFAULT_PORT),
                CommonOptions.messages(parsed),
                console);
        try (server) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            server.await();
            hook.remove();
        }
    }
}
