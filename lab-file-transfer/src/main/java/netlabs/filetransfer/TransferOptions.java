package netlabs.filetransfer;

import java.nio.file.Path;
import netlabs.common.cli.CommonOptions;
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
        spec.addOption(CommonOptions.flag("--overwrite", "Replace a file that exists; else it is kept."));
        spec.addOption(CommonOptions.size("--max-size", MOST_BYTES, "1TiB", "The largest file that is taken."));
    }

    static void addRaw(CommandSpec spec, String raw, String output) {
        spec.addOption(CommonOptions.flag("--raw", raw));
        spec.addOption(OptionSpec.builder("--output")
                .paramLabel("<name>")
                .type(String.class)
                .description(output)
                .build());
        spec.addOption(CommonOptions.flag("--no-digest", "Compute no SHA-256: faster, and damage is not noticed."));
    }

    static boolean digest(CommandSpec parsed) {
        return !CommonOptions.<Boolean>value(parsed, "--no-digest");
    }

    /** Reads back what {@link #addStoring} added. */
    static Folder folder(CommandSpec parsed, Path dir) {
        return Folder.open(dir, CommonOptions.value(parsed, "--overwrite"), CommonOptions.value(parsed, "--max-size"));
    }
}
