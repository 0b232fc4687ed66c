package netlabs.bench;

import java.util.List;

/**
 * What the options of a suite are when they are not given.
 *
 * @param loadOption the option that lists the loads: {@code --connections}
 * @param loadUnit what it counts, for the tables
 * @param loads its default
 * @param rounds how often each contestant runs
 */
record SuiteDefaults(String loadOption, String loadUnit, List<Integer> loads, int rounds) {}
