package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class SoakTablesTest {
    private static final String FILE = "file: 1KiB";
    private static final Roster ROSTER = new Roster(List.of(
            Contestant.lab("selector", List.of("java")).doing(FILE),
            Contestant.peer("nginx", List.of("nginx")).doing(FILE).onlyIf(false, "there is no nginx")));

    /** A MiB more each second up to the tenth, and then {@code perSecond} KiB. */
    private static SoakFigures figures(int seconds, int perSecond, long errors) {
        List<SoakFigures.Resident> memory = new ArrayList<>();
        long kib = 10 << 10;
        for (int second = 1; second <= seconds; second++) {
            kib += second <= 10 ? 1 << 10 : perSecond;
            memory.add(new SoakFigures.Resident(second + 0.01, kib));
        }
        WrkFigures wrk = new WrkFigures(1000L * seconds, 1_000_000L * seconds, 1, 1, 1, 0, errors, 0, 0, 0);
        return SoakFigures.of(wrk, memory, 30 << 10);
    }

    private static TestConsole printed(int seconds, SoakFigures figures) {
        TestConsole console = new TestConsole();
        new SoakTables(ROSTER, "connections", seconds)
                .print(
                        List.of(
                                new Sample<>(1, FILE, 64, "selector", figures, null),
                                new Sample<>(2, FILE, 64, "selector", null, "it died")),
                        console.console());
        return console;
    }

    @Test
    void growthIsThatOfTheSecondHalf() {
        SoakFigures figures = figures(40, 64, 0);
        assertThat(figures.growthKib()).isEqualTo(20 * 64);
        assertThat(figures.growthKibPerSecond()).isCloseTo(64, within(1e-6));
        assertThat(figures.residentKib(10)).isEqualTo(20 << 10);
        assertThat(figures(40, -64, 0).growthKib()).isEqualTo(-20 * 64);
    }

    @Test
    void oneSampleHasNoGrowth() {
        SoakFigures figures = figures(1, 64, 0);
        assertThat(figures.growthKib()).isZero();
        assertThat(figures.growthKibPerSecond()).isZero();
    }

    @Test
    void memoryIsInTheTableEachTenSeconds() {
        TestConsole console = printed(40, figures(40, 64, 0));
        assertThat(console.out()).isEqualTo("""

                file: 1KiB, connections: 64, resident MiB   10 s   20 s   30 s    end   second half   KiB/s   peak   errors   requests/s
                selector                                    20.0   20.6   21.3   21.9          +1.3    64.0   30.0        0        1,000
                selector (1 failed)                            -
                nginx                                       missing
                """);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aLongLoadHasNoMoreColumnsThanALineTakes() {
        assertThat(printed(3600, figures(3600, 0, 0)).out().lines().skip(1).findFirst())
                .hasValueSatisfying(headings -> assertThat(headings)
                        .contains(" 300 s   600 s ", " 3300 s    end ")
                        .doesNotContain(" 10 s"));
    }

    @Test
    void errorsAreWarnedOf() {
        assertThat(printed(10, figures(10, 0, 3)).err())
                .isEqualTo("warning: file: 1KiB, connections: 64, selector: 3 errors\n");
    }

    @Test
    void aRunIsSaidInWords() {
        assertThat(SoakTables.inWords(figures(40, 64, 0)))
                .isEqualTo("21.9 MiB at the end, 1.3 MiB more in the second half, peak 30.0 MiB, 0 errors, 1,000/s");
    }
}
