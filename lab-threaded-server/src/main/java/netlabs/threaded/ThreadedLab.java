package netlabs.threaded;

import java.util.List;
import netlabs.common.cli.Program;
import netlabs.common.echo.EchoClientCommand;
import netlabs.common.echo.EchoDemoCommand;
import netlabs.common.echo.EchoServerCommand;
import netlabs.common.echo.EchoServers;

/** The program {@code lab-threaded-server}. */
public final class ThreadedLab {
    private ThreadedLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        EchoServers servers = new ThreadedServers();
        return new Program(
                "lab-threaded-server",
                "A TCP server with a thread for each client, its client, and a chat.",
                List.of(
                        new EchoServerCommand(
                                "Sends every client's messages back, all clients at once, until Ctrl-C.", servers),
                        new EchoClientCommand(),
                        new EchoDemoCommand(servers),
                        new ChatCommand()));
    }
}
