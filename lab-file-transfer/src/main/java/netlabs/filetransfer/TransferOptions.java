package netlabs.filetransfer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import netlabs.common.cli.CommonOptions;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that server and client have in common. */
final class TransferOptions {
    /** The port of LABS.md §6. */
    static final int DEFAULT_PORT = 5006;

    private static final long MOST_BYTES = 1L << 60;

    private TransferOptions() {}

    /** Of a side that stores files. */
    static void addStoring(CommandSpec spec) {
        spec.addOption(
                CommonOptions.flag("--overwrite", "Where files are stored: replace one that exists; else it is kept."));
        spec.addOption(CommonOptions.size(
                "--max-size", MOST_BYTES, "1TiB", "Where files are stored: the largest that is taken."));
    }

    static void addRaw(CommandSpec spec, String raw, OptionSpec output) {
        spec.addOption(CommonOptions.flag("--raw", raw));
        spec.addOption(output);
        spec.addOption(CommonOptions.flag("--no-digest", "Compute no SHA-256: faster, and damage is not noticed."));
    }

    static boolean digest(CommandSpec parsed) {
        return !CommonOptions.<Boolean>value(parsed, "--no-digest");
    }

    static boolean isStandardOutput(String output) {
        return "-".equals(output);
    }

    /**
     * @param output the value of {@code --output}
     * @return where console lines go: to standard error where standard output is for the file
     */
    static Console linesBeside(String output, Console console) {
        return isStandardOutput(output)
                ? new Console(console.in(), new Transcript(new FileOutputStream(FileDescriptor.err)), console.err())
                : console;
    }

    /**
     * @param name in {@code dir}, or {@code -}
     */
    static RawReceiver receiver(CommandSpec parsed, Path dir, String name, TransferTranscript transcript) {
        boolean digest = digest(parsed);
        if (isStandardOutput(name)) {
            return new RawReceiver("standard output", StandardOutput::new, digest, transcript);
        }
        Folder folder = Folder.open(
                dir,
                CommonOptions.value(parsed, "--overwrite"),
                CommonOptions.value(parsed, "--max-size"),
                "--overwrite replaces it");
        return new RawReceiver(name, () -> folder.begin(name, -1, false), digest, transcript);
    }

    /** Reads back what {@link #addStoring} added. */
    static Folder folder(CommandSpec parsed, Path dir) {
        return Folder.open(dir, CommonOptions.value(parsed, "--overwrite"), CommonOptions.value(parsed, "--max-size"));
    }
}
