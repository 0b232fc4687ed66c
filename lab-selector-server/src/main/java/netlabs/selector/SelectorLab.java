package netlabs.selector;

import java.util.List;
import netlabs.common.cli.Program;
import netlabs.common.echo.EchoClientCommand;
import netlabs.common.echo.EchoDemoCommand;
import netlabs.common.echo.EchoServerCommand;
import netlabs.common.echo.EchoServers;

/** The program {@code lab-selector-server}. */
public final class SelectorLab {
    private SelectorLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        EchoServers servers = new SelectorServers();
        return new Program(
                "lab-selector-server",
                "A TCP server with one thread and a selector for all clients, and its client.",
                List.of(
                        new EchoServerCommand(
                                "Sends every client's messages back, all clients in one thread, until Ctrl-C.",
                                servers),
                        new EchoClientCommand(),
                        new EchoDemoCommand(servers)));
    }
}
