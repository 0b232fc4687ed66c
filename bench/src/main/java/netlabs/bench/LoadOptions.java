package netlabs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options of every suite that puts servers under load.
 *
 * @param suite those of all suites
 * @param loads in the unit of the suite
 * @param measureMillis the window in which it is measured
 * @param warmUpMillis the load before the window
 */
record LoadOptions(SuiteOptions suite, List<Integer> loads, int measureMillis, int warmUpMillis) {
    private static final int MAX_LOAD = 20_000;
    private static final int SECONDS = 4;

    /** With half of it the larger of two Java programs looked a fifth slower than it is: C2 was not done. */
    private static final int WARM_UP_MILLIS = 6000;

    private static final int QUICK_MILLIS = 1000;

    /** Adds them. */
    static void define(CommandSpec spec, SuiteDefaults defaults) {
        SuiteOptions.define(spec, defaults.rounds(), "shorter ones (1 s, 1 s warm-up)");
        spec.addOption(SuiteOptions.list(
                defaults.loadOption(),
                "<n>,...",
                "How many " + defaults.loadUnit() + ". Default: " + join(defaults.loads()) + "."));
        spec.addOption(CommonOptions.number("--seconds", 1, 3600, SECONDS, "How long each run is measured."));
        spec.addOption(CommonOptions.duration(
                "--warm-up", 0, WARM_UP_MILLIS / 1000 + "s", "How long the load lasts before it is measured."));
    }

    /** Reads them back. */
    static LoadOptions of(CommandSpec parsed, String name, SuiteDefaults defaults) {
        SuiteOptions suite = SuiteOptions.of(parsed, name);
        int seconds = CommonOptions.value(parsed, "--seconds");
        int warmUp = CommonOptions.value(parsed, "--warm-up");
        List<Integer> loads = numbers(defaults.loadOption(), SuiteOptions.list(parsed, defaults.loadOption()));
        return new LoadOptions(
                suite,
                loads.isEmpty() ? defaults.loads() : loads,
                suite.quick() && !CommonOptions.isGiven(parsed, "--seconds") ? QUICK_MILLIS : seconds * 1000,
                suite.quick() && !CommonOptions.isGiven(parsed, "--warm-up") ? QUICK_MILLIS : warmUp);
    }

    /** What the report says of them, with {@code more} of the suite's own. */
    Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rounds", suite.rounds());
        settings.put("loads", loads);
        settings.put("measure_ms", measureMillis);
        settings.put("warm_up_ms", warmUpMillis);
        settings.putAll(more);
        return settings;
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
