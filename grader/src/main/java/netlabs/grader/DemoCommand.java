package netlabs.grader;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: every exercise on the sample input, one line each. */
final class DemoCommand extends Subcommand {
    private static final int SHOWN_PROBLEMS = 5;

    DemoCommand() {
        super("demo", "Runs every lab on the input in samples/ and compares with samples/expected/.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(CommonOptions.path("--home", "<dir>", "The project's folder. Default: this one."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        Path given = CommonOptions.value(parsed, "--home");
        Path home = (given == null ? Path.of("") : given).toAbsolutePath();
        Transcript out = console.out();
        int failed = 0;
        String lab = "";
        for (DemoExercise exercise : DemoExercise.ALL) {
            if (!exercise.lab().equals(lab)) {
                lab = exercise.lab();
                out.line("lab-" + lab);
            }
            DemoRun run = new DemoRun(home, exercise);
            List<String> problems;
            try {
                problems = run.run();
            } catch (FileSystemException e) {
                throw LabException.ofFile("cannot use", Path.of(e.getFile()), e);
            }
            out.line((problems.isEmpty() ? "  ✓ " : "  ✗ ")
                    + exercise.name()
                    + " ".repeat(Math.max(1, 16 - exercise.name().length()))
                    + home.relativize(run.folder()));
            report(problems, out);
            failed += problems.isEmpty() ? 0 : 1;
        }
        for (String line : new DemoCapture(home).run()) {
            out.line(line);
        }
        if (failed > 0) {
            throw new LabException(failed + " of " + DemoExercise.ALL.size() + " exercises are not as expected");
        }
        out.line("All " + DemoExercise.ALL.size() + " exercises are as expected.");
    }

    private static void report(List<String> problems, Transcript out) {
        for (int i = 0; i < Math.min(problems.size(), SHOWN_PROBLEMS); i++) {
            for (String line : problems.get(i).split("\n")) {
                out.line("      " + line);
            }
        }
        if (problems.size() > SHOWN_PROBLEMS) {
            out.line("      ... and " + (problems.size() - SHOWN_PROBLEMS) + " more");
        }
    }
}
