package netlabs.common.cli;

import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One thing a program can do: {@code server}, {@code client}, {@code demo}. Its options are defined
 * in code, not by annotations: reading those by reflection costs a third of the start-up time.
 */
public abstract class Subcommand {
    private final String name;
    private final String summary;

    /**
     * @param name what the user types
     * @param summary one sentence for the help
     */
    protected Subcommand(String name, String summary) {
        this.name = name;
        this.summary = summary;
    }

    final String name() {
        return name;
    }

    final String summary() {
        return summary;
    }

    /** Adds this subcommand's options and parameters to {@code spec}. */
    protected abstract void define(CommandSpec spec);

    /**
     * Does it.
     *
     * @param parsed what {@link #define} filled, with the values of this command line
     * @throws UsageException for exit status 2
     * @throws Exception for exit status 1; a {@link netlabs.common.LabException} says why in words
     */
    protected abstract void run(CommandSpec parsed, Console console) throws Exception;
}
