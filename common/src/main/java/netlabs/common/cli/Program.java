package netlabs.common.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The frame of every executable jar: finds the subcommand, parses its options, runs it, and turns
 * whatever goes wrong into one line on standard error and an exit status (LABS.md §0).
 */
public final class Program {
    private static final String COMPLETION = "completion";

    private final String name;
    private final String summary;
    private final List<Subcommand> subcommands;

    /**
     * @param name the jar's name without {@code .jar}
     * @param summary one sentence for the help
     */
    public Program(String name, String summary, List<Subcommand> subcommands) {
        this.name = name;
        this.summary = summary;
        this.subcommands = subcommands;
    }

    /** Runs on the process's streams and ends the process with the exit status. */
    public void main(String[] args) {
        int status = run(Arguments.decoded(args), Console.ofProcess());
        // A JVM that simply ends has status 0; from Java 21 on System.exit first sets up a logger.
        if (status != ExitStatus.DONE) {
            System.exit(status);
        }
    }

    /**
     * @return the {@link ExitStatus}
     */
    public int run(String[] args, Console console) {
        try {
            dispatch(args, console);
            return ExitStatus.DONE;
        } catch (ParameterException e) {
            String command = e.getCommandLine().getCommandSpec().qualifiedName();
            console.err().error(describe(e) + " (see " + command + " --help)");
            return ExitStatus.USAGE;
        } catch (LabException e) {
            console.err().error(e.getMessage(), e);
        } catch (InterruptedException e) {
            console.err().error("interrupted", e);
        } catch (OutOfMemoryError e) {
            console.err().error("out of memory: " + e.getMessage(), e);
        } catch (Exception e) {
            console.err().error("internal error, --verbose shows where: " + e, e);
        }
        return ExitStatus.FAILED;
    }

    private void dispatch(String[] args, Console console) throws Exception {
        if (args.length > 0) {
            // Only the subcommand that is asked for is built: building all of them costs start-up time.
            for (Subcommand subcommand : subcommands) {
                if (subcommand.name().equals(args[0])) {
                    run(subcommand, Arrays.copyOfRange(args, 1, args.length), console);
                    return;
                }
            }
            if (args[0].equals(COMPLETION)) {
                console.out().print(AutoComplete.bash(name, whole()));
                return;
            }
        }
        runWithoutSubcommand(args, console);
    }

    private void run(Subcommand subcommand, String[] args, Console console) throws Exception {
        CommandLine command = commandLine(subcommand).setCommandName(name + " " + subcommand.name());
        command.parseArgs(args);
        if (command.isUsageHelpRequested()) {
            printHelp(command, console);
            return;
        }
        CommandSpec spec = command.getCommandSpec();
        if (CommonOptions.isVerbose(spec)) {
            console.err().setVerbose();
        }
        try {
            subcommand.run(spec, console);
        } catch (UsageException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    private void runWithoutSubcommand(String[] args, Console console) {
        CommandLine command = whole();
        command.parseArgs(args);
        if (command.isVersionHelpRequested()) {
            console.out().line(name + " " + version());
        } else if (command.isUsageHelpRequested()) {
            printHelp(command, console);
        } else {
            throw new ParameterException(command, "missing subcommand: one of " + names());
        }
    }

    private static void printHelp(CommandLine command, Console console) {
        console.out().print(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
    }

    /** The whole command tree, for the help and for shell completion. */
    private CommandLine whole() {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(summary);
        spec.addOption(CommonOptions.help());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        for (Subcommand subcommand : subcommands) {
            spec.addSubcommand(subcommand.name(), commandLine(subcommand));
        }
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static CommandLine commandLine(Subcommand subcommand) {
        CommandSpec spec = CommandSpec.create().name(subcommand.name());
        spec.usageMessage()
                .description(subcommand.summary())
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .width(100);
        subcommand.define(spec);
        spec.addOption(CommonOptions.verbose());
        spec.addOption(CommonOptions.help());
        // A message may begin with @.
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private String describe(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            CommandSpec spec = e.getCommandLine().getCommandSpec();
            if (argument.startsWith("-") && argument.length() > 1) {
                String unknown = "unknown option '" + argument + "'";
                List<String> suggestions = unmatched.getSuggestions();
                if (!suggestions.isEmpty()) {
                    return unknown + ", did you mean " + String.join(" or ", suggestions) + "?";
                }
                boolean takesWords = !spec.positionalParameters().isEmpty();
                return unknown + (takesWords ? "; -- goes before a word that begins with a dash" : "");
            }
            return spec.subcommands().isEmpty()
                    ? "unexpected argument '" + argument + "'"
                    : "unknown subcommand '" + argument + "': one of " + names();
        }
        String message = e.getMessage();
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private String names() {
        StringBuilder names = new StringBuilder();
        for (Subcommand subcommand : subcommands) {
            names.append(names.length() == 0 ? "" : ", ").append(subcommand.name());
        }
        return names.toString();
    }

    private String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "(not run from its jar)" : version;
    }
}
