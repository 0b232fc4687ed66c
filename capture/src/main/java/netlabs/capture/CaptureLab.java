package netlabs.capture;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code capture}. */
public final class CaptureLab {
    private CaptureLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "capture",
                "Records packets, reads captures, and answers the lab sheets' questions of them.",
                List.of(
                        new InterfacesCommand(),
                        new RecordCommand(),
                        new ReadCommand(),
                        new AnalyzeCommand(),
                        new FlowCommand()));
    }
}
