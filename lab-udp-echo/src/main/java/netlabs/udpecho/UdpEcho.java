package netlabs.udpecho;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code lab-udp-echo}. */
public final class UdpEcho {
    private UdpEcho() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-udp-echo",
                "A UDP server, one socket for all clients, and its client.",
                List.of(new ServerCommand(), new ClientCommand(), new DemoCommand()));
    }
}
