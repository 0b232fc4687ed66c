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
    private static final int MAX_BYTES = 64 << 20;
    private static final int SHOWN_DIFFERENCES = 20;

    CompareCommand() {
        super(
                "compare",
                "Compares a transcript with the expected one, in which <host>, <ip>, <port>, <ms>, <rate> and"
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
        for (String difference : differences.subList(0, Math.min(SHOWN_DIFFERENCES, differences.size()))) {
            console.out().print(difference + "\n");
        }
        if (!differences.isEmpty()) {
            throw new LabException(files.get(1) + " differs from " + files.get(0) + " in " + differences.size()
                    + (differences.size() == 1 ? " line" : " lines"));
        }
    }

    private static byte[] read(String file) {
        Path path = Path.of(file);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new LabException("cannot compare " + path + ": larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", path, e);
        }
    }
}
