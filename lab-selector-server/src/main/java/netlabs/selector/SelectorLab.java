package netlabs.selector;

import java.util.List;
import netlabs.common.cli.Program;
import netlabs.common.echo.EchoClientCommand;

/** The program {@code lab-selector-server}. */
public final class SelectorLab {
    private SelectorLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-selector-server",
                "A TCP server with one thread and a selector for all clients, and its client.",
                List.of(new ServerCommand(), new EchoClientCommand(), new DemoCommand()));
    }
}
