package netlabs.udpecho;

import netlabs.common.cli.CommonOptions;
import picocli.CommandLine.Model.CommandSpec;

/** The options that only this lab has, in the subcommands that share them. */
final class ExerciseOptions {
    static final String DEFAULT_ADDRESSES = "127.0.0.1, for print 0.0.0.0.";
    static final String DEFAULT_PORTS = "12000, for print 5005.";

    private ExerciseOptions() {}

    static void addExercise(CommandSpec spec) {
        spec.addOption(CommonOptions.choice("--exercise", "What the server does.", Exercise.NAMES));
    }

    static Exercise exercise(CommandSpec parsed) {
        return Exercise.named(CommonOptions.value(parsed, "--exercise"));
    }
}
