package netlabs.common.echo;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo} of a lab with the echo exercise: its server and two clients in one process. */
public final class EchoDemoCommand extends Subcommand {
    private final EchoServers servers;

    /** For a lab's program. */
    public EchoDemoCommand(EchoServers servers) {
        super("demo", "Runs the server and two clients in one process, and ends.");
        this.servers = servers;
    }

    @Override
    protected void define(CommandSpec spec) {
        servers.define(spec);
        CommonOptions.addDemo(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        ServerOptions options = ServerOptions.ofDemo(CommonOptions.port(parsed, 0), CommonOptions.capture(parsed));
        EchoServers.Server server = servers.bind(parsed, options, MessageOptions.AUTO, console);
        ShutdownHook hook = ShutdownHook.closing(server, console.err());
        EchoDemo.run(server, console);
        hook.remove();
    }
}
