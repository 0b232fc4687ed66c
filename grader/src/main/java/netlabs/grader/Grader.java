package netlabs.grader;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code grader}. */
public final class Grader {
    private Grader() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        new Program(
                        "grader",
                        "Runs the labs and compares what they print with what it should be.",
                        List.of(new DemoCommand(), new CompareCommand()))
                .main(args);
    }
}
