package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class LoadTablesTest {
    private static final Roster ROSTER = new Roster(List.of(
            Contestant.peer("epoll-c", List.of("c")),
            Contestant.lab("selector", List.of("java")),
            Contestant.peer("python", List.of("python3")),
            Contestant.lab("thread", List.of("java")).onlyIf(false, "it is not built")));

    /** A window of two seconds. */
    private static LoadFigures figures(double perSecond, double server, double generator, double others, long starved) {
        return new LoadFigures(
                (long) perSecond * 2, 2, perSecond, 300, 900, generator * 2, server * 2, others * 2, starved, 0);
    }

    private static Sample<LoadFigures> sample(int round, String contestant, LoadFigures figures) {
        return new Sample<>(round, "", 64, contestant, figures, figures == null ? "it died" : null);
    }

    @Test
    void ratiosFailuresAndMissingContestantsAreInTheTable() {
        String out = printed(List.of(
                        sample(1, "epoll-c", figures(200_000, 1, 0.9, 0.1, 0)),
                        sample(1, "selector", figures(180_000, 1, 0.9, 0.1, 0)),
                        sample(1, "python", null),
                        sample(2, "epoll-c", figures(100_000, 1, 0.9, 0.1, 0)),
                        sample(2, "selector", null),
                        sample(2, "python", null)))
                .out();
        assertThat(out).isEqualTo("""

                connections: 64       median/s           min .. max   to epoll-c   p50 us   p99 us   server   generator   others
                epoll-c                150,000   100,000 .. 200,000         1.00      300      900    100 %        90 %     10 %
                selector (1 failed)    180,000   180,000 .. 180,000         1.20      300      900    100 %        90 %     10 %
                python (2 failed)            -
                thread                 missing
                selector is 1.20 of epoll-c
                """);
    }

    @Test
    void workloadsHaveTablesOfTheirOwnAndRatiosToTheRivals() {
        LoadFigures figures = figures(100_000, 1, 0.9, 0.1, 0);
        List<Sample<LoadFigures>> samples = List.of(
                new Sample<>(1, "fixed", 1, "python", figures, null),
                new Sample<>(1, "fixed", 1, "selector", figures(150_000, 1, 0.9, 0.1, 0), null),
                new Sample<>(1, "variable", 1, "selector", figures, null));
        assertThat(printed(new LoadTables(ROSTER, "connections", List.of("epoll-c", "python")), samples)
                        .out())
                .isEqualTo("""

                        fixed, connections: 1   median/s           min .. max   to epoll-c   to python   p50 us   p99 us   server   generator   others
                        python                   100,000   100,000 .. 100,000            -        1.00      300      900    100 %        90 %     10 %
                        selector                 150,000   150,000 .. 150,000            -        1.50      300      900    100 %        90 %     10 %
                        selector is 1.50 of python

                        variable, connections: 1   median/s           min .. max   to epoll-c   to python   p50 us   p99 us   server   generator   others
                        selector                    100,000   100,000 .. 100,000            -           -      300      900    100 %        90 %     10 %
                        """);
    }

    @Test
    void aGeneratorAtItsLimitIsWarnedOf() {
        assertThat(printed(List.of(sample(1, "selector", figures(1000, 0.90, 0.98, 0.1, 0))))
                        .err())
                .startsWith("warning: connections: 64, selector: the generator was at its limit")
                .hasLineCount(1);
        assertThat(printed(List.of(sample(1, "selector", figures(1000, 0.98, 0.98, 0.1, 0))))
                        .err())
                .isEmpty();
    }

    @Test
    void busyMachinesAndStarvedConnectionsAreWarnedOf() {
        assertThat(printed(List.of(sample(1, "selector", figures(1000, 0.5, 0.5, 0.5, 3))))
                        .err())
                .contains("other programs took up to 50 % of a processor", "up to 3 of them had no round trip")
                .hasLineCount(2);
    }

    private static TestConsole printed(List<Sample<LoadFigures>> samples) {
        return printed(new LoadTables(ROSTER, "connections", List.of("epoll-c")), samples);
    }

    private static TestConsole printed(LoadTables tables, List<Sample<LoadFigures>> samples) {
        TestConsole console = new TestConsole();
        tables.print(LoadSummary.of(samples), console.console());
        return console;
    }
}
