package netlabs.grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.console.ExpectedTranscript;
import picocli.CommandLine.Model.CommandSpec;

/** {@code compare}: a student's transcript or output file against the expected one. */
final class CompareCommand extends Subcommand {
    CompareCommand() {
        super(
                "compare",
                "Compares a transcript with the expected one, in which <host>, <ip>, <port>, <ms> and"
                        + " <text> stand for what differs from run to run. Exits with 1 if they differ.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addPositional(CommonOptions.arguments("<expected> <actual>", "The two files."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) {
        List<String> files = CommonOptions.arguments(parsed);
        if (files.size() != 2) {
            throw new UsageException("compare takes two files, the expected one and the actual one");
        }
        List<String> differences = new ExpectedTranscript(read(files.get(0))).differences(read(files.get(1)));
        for (String difference : differences) {
            console.out().print(difference + "\n");
        }
        if (!differences.isEmpty()) {
            throw new LabException(
                    files.get(1) + " differs from " + files.get(0) + " in " + differences.size() + " lines");
        }
    }

    private static byte[] read(String file) {
        Path path = Path.of(file);
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", path, e);
        }
    }
}
