package netlabs.bench;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of every suite whose contestants the user may choose.
 *
 * @param home the project's folder
 * @param jdk what runs the Java contestants
 * @param quick whether the suite is to be short
 * @param rounds how often each contestant runs with each load
 * @param only the names of the contestants that take part, all if empty
 * @param json where the report goes
 */
record SuiteOptions(Path home, Jdk jdk, boolean quick, int rounds, List<String> only, Path json) {
    private static final int QUICK_ROUNDS = 2;

    /**
     * Adds them.
     *
     * @param rounds the default
     * @param quick what else is less with {@code --quick}, for the help
     */
    static void define(CommandSpec spec, int rounds, String quick) {
        define(spec, rounds, QUICK_ROUNDS, quick);
    }

    /**
     * Adds them.
     *
     * @param quickRounds how many rounds there are at most with {@code --quick}
     */
    static void define(CommandSpec spec, int rounds, int quickRounds, String quick) {
        spec.addOption(homeOption());
        spec.addOption(CommonOptions.flag("--quick", "Fewer rounds (" + quickRounds + ") and " + quick + "."));
        spec.addOption(CommonOptions.number(
                "--rounds", 1, 1000, rounds, "How often each contestant runs, in turn with the others."));
        spec.addOption(list("--only", "<name>,...", "Only these contestants."));
        spec.addOption(CommonOptions.path(
                "--java-home", "<dir>", "The JDK for the Java contestants. Default: the one that runs this."));
        spec.addOption(jsonOption());
    }

    /** Reads them back. */
    static SuiteOptions of(CommandSpec parsed, String suite) {
        return of(parsed, suite, QUICK_ROUNDS);
    }

    /** Reads them back, as they were defined with {@code quickRounds}. */
    static SuiteOptions of(CommandSpec parsed, String suite, int quickRounds) {
        boolean quick = CommonOptions.value(parsed, "--quick");
        int rounds = CommonOptions.value(parsed, "--rounds");
        Path javaHome = CommonOptions.value(parsed, "--java-home");
        Path home = home(parsed);
        return new SuiteOptions(
                home,
                javaHome == null ? Jdk.running() : Jdk.in(javaHome),
                quick,
                quick && !CommonOptions.isGiven(parsed, "--rounds") ? Math.min(quickRounds, rounds) : rounds,
                list(parsed, "--only"),
                json(parsed, home, suite));
    }

    /**
     * @return the value of a number, which is {@code quickly} where it is not given and the suite is to be short
     */
    int number(CommandSpec parsed, String option, int quickly) {
        return quick && !CommonOptions.isGiven(parsed, option) ? quickly : CommonOptions.<Integer>value(parsed, option);
    }

    /** {@code --home}, which {@code ./lab} gives. */
    static OptionSpec homeOption() {
        return CommonOptions.path("--home", "<dir>", "The project's folder. Default: this one.");
    }

    /** Reads {@link #homeOption()} back. */
    static Path home(CommandSpec parsed) {
        Path given = CommonOptions.value(parsed, "--home");
        return (given == null ? Path.of("") : given).toAbsolutePath().normalize();
    }

    /** {@code --json}. */
    static OptionSpec jsonOption() {
        return CommonOptions.path("--json", "<file>", "Where the report goes. Default: bench/target/<suite>.json.");
    }

    /** Reads {@link #jsonOption()} back. */
    static Path json(CommandSpec parsed, Path home, String suite) {
        Path given = CommonOptions.value(parsed, "--json");
        return given == null ? home.resolve("bench/target").resolve(suite + ".json") : given;
    }

    /**
     * @return those of {@code all} that {@code --only} names, in their order
     * @throws UsageException if it names one that there is not
     */
    List<Contestant> chosen(List<Contestant> all) {
        List<String> names = all.stream().map(Contestant::name).distinct().toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new UsageException(
                        "unknown contestant '" + name + "' in --only: one of " + String.join(", ", names));
            }
        }
        return only.isEmpty()
                ? all
                : all.stream().filter(each -> only.contains(each.name())).toList();
    }

    /**
     * @return an option with several words, separated by commas
     */
    static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /**
     * @return the words of such an option, none where it is not given
     */
    static List<String> list(CommandSpec parsed, String option) {
        String given = CommonOptions.value(parsed, option);
        return given == null ? List.of() : List.of(given.split(",", -1));
    }
}
