package netlabs.threaded;

import java.util.List;
import netlabs.common.cli.Program;
import netlabs.common.echo.EchoClientCommand;

/** The program {@code lab-threaded-server}. */
public final class ThreadedLab {
    private ThreadedLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-threaded-server",
                "A TCP server with a thread for each client, its client, and a chat.",
                List.of(new ServerCommand(), new EchoClientCommand(), new DemoCommand(), new ChatCommand()));
    }
}
