package netlabs.tcpecho;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code lab-tcp-echo}. */
public final class TcpEcho {
    private TcpEcho() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-tcp-echo",
                "An iterative TCP server, one client at a time, and its client.",
                List.of(new ServerCommand(), new ClientCommand(), new DemoCommand(), new NagleCommand()));
    }
}
