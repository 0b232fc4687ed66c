package netlabs.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of every suite that puts servers under load.
 *
 * @param home the project's folder
 * @param jdk what runs the Java contestants
 * @param rounds how often each contestant runs with each load
 * @param loads in the unit of the suite
 * @param measureMillis the window in which it is measured
 * @param warmUpMillis the load before the window
 * @param only the names of the contestants that take part, all if empty
 * @param json where the report goes
 */
record SuiteOptions(
        Path home,
        Jdk jdk,
        int rounds,
        List<Integer> loads,
        int measureMillis,
        int warmUpMillis,
        List<String> only,
        Path json) {
    private static final int MAX_LOAD = 20_000;
    private static final int SECONDS = 4;

    /** With half of it the larger of two Java programs looked a fifth slower than it is: C2 was not done. */
    private static final int WARM_UP_MILLIS = 6000;

    private static final int QUICK_ROUNDS = 2;
    private static final int QUICK_MILLIS = 1000;

    /** Adds them. */
    static void define(CommandSpec spec, SuiteDefaults defaults) {
        spec.addOption(homeOption());
        spec.addOption(CommonOptions.flag(
                "--quick", "Fewer rounds (" + QUICK_ROUNDS + ") and shorter ones (1 s, 1 s warm-up)."));
        spec.addOption(CommonOptions.number(
                "--rounds", 1, 1000, defaults.rounds(), "How often each contestant runs, in turn with the others."));
        spec.addOption(list(
                defaults.loadOption(),
                "<n>,...",
                "How many " + defaults.loadUnit() + ". Default: " + join(defaults.loads()) + "."));
        spec.addOption(CommonOptions.number("--seconds", 1, 3600, SECONDS, "How long each run is measured."));
        spec.addOption(CommonOptions.duration(
                "--warm-up", 0, WARM_UP_MILLIS / 1000 + "s", "How long the load lasts before it is measured."));
        spec.addOption(list("--only", "<name>,...", "Only these contestants."));
        spec.addOption(CommonOptions.path(
                "--java-home", "<dir>", "The JDK for the Java contestants. Default: the one that runs this."));
        spec.addOption(jsonOption());
    }

    /** Reads them back. */
    static SuiteOptions of(CommandSpec parsed, String suite, SuiteDefaults defaults) {
        boolean quick = CommonOptions.value(parsed, "--quick");
        int rounds = CommonOptions.value(parsed, "--rounds");
        int seconds = CommonOptions.value(parsed, "--seconds");
        int warmUp = CommonOptions.value(parsed, "--warm-up");
        Path javaHome = CommonOptions.value(parsed, "--java-home");
        List<Integer> loads = numbers(defaults.loadOption(), list(parsed, defaults.loadOption()));
        Path home = home(parsed);
        return new SuiteOptions(
                home,
                javaHome == null ? Jdk.running() : Jdk.in(javaHome),
                quick && !isGiven(parsed, "--rounds") ? Math.min(QUICK_ROUNDS, rounds) : rounds,
                loads.isEmpty() ? defaults.loads() : loads,
                quick && !isGiven(parsed, "--seconds") ? QUICK_MILLIS : seconds * 1000,
                quick && !isGiven(parsed, "--warm-up") ? QUICK_MILLIS : warmUp,
                list(parsed, "--only"),
                json(parsed, home, suite));
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

    /** Whether the user gave {@code option}. */
    static boolean isGiven(CommandSpec parsed, String option) {
        return parsed.commandLine().getParseResult().hasMatchedOption(option);
    }

    /**
     * @return those of {@code all} that {@code --only} names, in their order
     * @throws UsageException if it names one that there is not
     */
    List<Contestant> chosen(List<Contestant> all) {
        List<String> names = all.stream().map(Contestant::name).toList();
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

    /** What the report says of them, with {@code more} of the suite's own. */
    Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rounds", rounds);
        settings.put("loads", loads);
        settings.put("measure_ms", measureMillis);
        settings.put("warm_up_ms", warmUpMillis);
        settings.putAll(more);
        return settings;
    }

    private static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static List<String> list(CommandSpec parsed, String option) {
        String given = CommonOptions.value(parsed, option);
        return given == null ? List.of() : List.of(given.split(",", -1));
    }

    private static List<Integer> numbers(String option, List<String> words) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : words) {
            if (!word.matches("\\d{1,5}") || Integer.parseInt(word) < 1 || Integer.parseInt(word) > MAX_LOAD) {
                throw new UsageException(
                        "'" + word + "' in " + option + " is not a number from 1 to " + MAX_LOAD + ", like 64,1000");
            }
            numbers.add(Integer.parseInt(word));
        }
        return numbers;
    }

    private static String join(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
