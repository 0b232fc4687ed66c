package netlabs.bench;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code bench}: a subcommand per suite. */
public final class Bench {
    private Bench() {}

    /** Runs the suite that {@code args} names. */
    public static void main(String[] args) {
        new Program(
                        "bench",
                        "Runs the labs and their peers in turn and compares them.",
                        List.of(
                                new StartupCommand(),
                                new LoadCommand(LoadSuite.ECHO),
                                new LoadCommand(LoadSuite.FRAMES),
                                new IdleCommand(),
                                new LoadCommand(LoadSuite.UDP),
                                new TransferCommand(),
                                new HttpCommand(),
                                new HttpSoakCommand(),
                                new CaptureCommand(),
                                new CaptureReadCommand()))
                .main(args);
    }
}
