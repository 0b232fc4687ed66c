package netlabs.binary;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code lab-binary-protocol}. */
public final class BinaryLab {
    private BinaryLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-binary-protocol",
                "Frames of fixed and of variable size over TCP: a server, its client, and what their bytes mean.",
                List.of(new ServerCommand(), new ClientCommand(), new DemoCommand(), new HexdumpCommand()));
    }
}
