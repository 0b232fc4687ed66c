package netlabs.selector;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoDemo;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: the server and two clients in one process. */
final class DemoCommand extends Subcommand {
    DemoCommand() {
        super("demo", "Runs the server and two clients in one process, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        LoopOptions.add(spec);
        spec.addOption(CommonOptions.port(0, "a free one."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        SelectorServer server = new SelectorServer(
                new SelectorServer.Options(
                        ServerOptions.ofDemo(CommonOptions.port(parsed, 0)),
                        MessageOptions.AUTO,
                        LoopOptions.loops(parsed),
                        LoopOptions.trace(parsed)),
                console);
        server.start();
        EchoDemo.run(server, console);
    }
}
