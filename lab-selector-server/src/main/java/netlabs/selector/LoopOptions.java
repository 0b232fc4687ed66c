package netlabs.selector;

import netlabs.common.cli.CommonOptions;
import picocli.CommandLine.Model.CommandSpec;

/** {@code --loops} and {@code --trace}. */
final class LoopOptions {
    private static final int MAX_LOOPS = 256;

    private LoopOptions() {}

    static void add(CommandSpec spec) {
        spec.addOption(CommonOptions.number(
                "--loops", 1, MAX_LOOPS, 1, "How many selectors, each with a thread of its own; the first accepts."));
        spec.addOption(CommonOptions.flag("--trace", "Print the keys, their interest sets and their ready sets."));
    }

    static int loops(CommandSpec parsed) {
        return CommonOptions.value(parsed, "--loops");
    }

    static boolean trace(CommandSpec parsed) {
        return CommonOptions.value(parsed, "--trace");
    }
}
