package netlabs.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * All rounds of one contestant of the startup suite.
 *
 * @param contestant its name
 * @param failed how many rounds failed
 * @param millis null if all rounds failed
 * @param ratio the median as a multiple of the hello world's of the same JDK, for Python the first
 *     JDK's; null where there is none
 */
record StartupSummary(String contestant, int failed, Statistics millis, Double ratio) {

    /**
     * @return one for each of {@code contestants}
     */
    static List<StartupSummary> of(List<Sample<StartupFigures>> samples, List<Contestant> contestants, List<Jdk> jdks) {
        List<StartupSummary> summaries = new ArrayList<>();
        for (Contestant contestant : contestants) {
            String name = contestant.name();
            Jdk jdk = jdks.stream()
                    .filter(each -> name.startsWith("JDK " + each.version() + ","))
                    .findFirst()
                    .orElse(jdks.get(0));
            Statistics millis = statistics(samples, name);
            Statistics hello = statistics(samples, StartupContestants.hello(jdk));
            int failed = Sample.failures(rounds(samples, name));
            summaries.add(new StartupSummary(
                    name, failed, millis, millis == null || hello == null ? null : millis.ratioTo(hello)));
        }
        return summaries;
    }

    private static Statistics statistics(List<Sample<StartupFigures>> samples, String name) {
        List<StartupFigures> figures = Sample.figures(rounds(samples, name));
        return Statistics.of(figures, StartupFigures::millis);
    }

    private static List<Sample<StartupFigures>> rounds(List<Sample<StartupFigures>> samples, String name) {
        return samples.stream().filter(each -> each.contestant().equals(name)).toList();
    }
}
