package netlabs.tcpecho;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import netlabs.common.net.MessageSource;
import picocli.CommandLine.Model.CommandSpec;

/** The options that only this lab has, in the subcommands that share them. */
final class ExerciseOptions {
    static final String DEFAULT_PORTS = "5005, for upper 13000.";
    private static final String OUT = "out-proj.txt";

    private ExerciseOptions() {}

    static void addExercise(CommandSpec spec) {
        spec.addOption(CommonOptions.choice("--exercise", "What the server does.", Exercise.NAMES));
    }

    static Exercise exercise(CommandSpec parsed) {
        return Exercise.named(CommonOptions.value(parsed, "--exercise"));
    }

    static void addOut(CommandSpec spec) {
        spec.addOption(CommonOptions.path(
                "--out", "<file>", "Where reverse writes every reply, a line each. Default: " + OUT));
    }

    /**
     * @return the file for the replies; null where the exercise has none
     */
    static Path out(CommandSpec parsed, Exercise exercise) {
        Path out = CommonOptions.value(parsed, "--out");
        if (exercise instanceof Reverse) {
            return out == null ? Path.of(OUT) : out;
        }
        if (out != null) {
            throw new UsageException("--out goes with --exercise reverse only");
        }
        return null;
    }

    /**
     * @param otherwise where the messages come from if the command line names none
     */
    static MessageSource messages(CommandSpec parsed, Exercise exercise, MessageSource otherwise) {
        List<String> messages = exercise.messages(CommonOptions.arguments(parsed));
        return CommonOptions.messageSource(parsed, messages, otherwise);
    }

    /** The server would empty the file before the client has read it. */
    static void requireTwoFiles(CommandSpec parsed, Path out) throws IOException {
        Path in = CommonOptions.value(parsed, "--in");
        if (in != null && out != null && Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
            throw new UsageException("--in and --out are the same file, " + out);
        }
    }
}
