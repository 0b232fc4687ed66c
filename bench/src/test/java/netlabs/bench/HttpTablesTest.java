package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class HttpTablesTest {
    private static final String FILE = "file: 1KiB";
    private static final Roster ROSTER = new Roster(List.of(
            Contestant.lab("selector", List.of("java")).doing(FILE),
            Contestant.lab("thread", List.of("java")).doing(FILE).onlyIf(false, "it is not built"),
            Contestant.peer("nginx", List.of("nginx")).doing(FILE),
            Contestant.peer("jetty", List.of("java")).doing(FILE)));

    private static HttpFigures figures(double perSecond, double server, double generator, double others) {
        return new HttpFigures(
                (long) perSecond, 1, perSecond, perSecond * 1024 / 1e9, 300, 900, server, generator, others, 51_200);
    }

    private static Sample<HttpFigures> sample(int round, int load, String contestant, HttpFigures figures) {
        return new Sample<>(round, FILE, load, contestant, figures, figures == null ? "it died" : null);
    }

    private static TestConsole printed(List<Sample<HttpFigures>> samples) {
        TestConsole console = new TestConsole();
        new HttpTables(ROSTER, "connections").print(HttpSummary.of(samples), console.console());
        return console;
    }

    @Test
    void eachCellHasItsOwnBestPeer() {
        assertThat(printed(List.of(
                                sample(1, 64, "selector", figures(150_000, 1, 0.9, 0)),
                                sample(1, 64, "nginx", figures(100_000, 1, 0.9, 0)),
                                sample(1, 64, "jetty", figures(200_000, 1.5, 0.9, 0)),
                                sample(1, 1000, "selector", figures(50_000, 1, 0.9, 0)),
                                sample(1, 1000, "nginx", figures(100_000, 1, 0.9, 0)),
                                sample(1, 1000, "jetty", null),
                                sample(2, 64, "selector", null),
                                sample(2, 64, "nginx", figures(200_000, 1, 0.9, 0)),
                                sample(2, 64, "jetty", figures(200_000, 1.5, 0.9, 0))))
                        .out())
                .isEqualTo("""

                        file: 1KiB, connections: 64   median/s           min .. max   GB/s   to nginx   to best peer (jetty)   p50 us   p99 us   server   generator   others   peak MiB
                        selector (1 failed)            150,000   150,000 .. 150,000   0.15       1.00                   0.75      300      900    100 %        90 %      0 %         50
                        nginx                          150,000   100,000 .. 200,000   0.15       1.00                   0.75      300      900    100 %        90 %      0 %         50
                        jetty                          200,000   200,000 .. 200,000   0.20       1.33                   1.00      300      900    150 %        90 %      0 %         50
                        thread                         missing
                        selector is 1.00 of nginx, 0.75 of jetty

                        file: 1KiB, connections: 1000   median/s           min .. max   GB/s   to nginx   to best peer (nginx)   p50 us   p99 us   server   generator   others   peak MiB
                        selector                          50,000     50,000 .. 50,000   0.05       0.50                   0.50      300      900    100 %        90 %      0 %         50
                        nginx                            100,000   100,000 .. 100,000   0.10       1.00                   1.00      300      900    100 %        90 %      0 %         50
                        jetty (1 failed)                       -
                        thread                           missing
                        selector is 0.50 of nginx
                        """);
    }

    @Test
    void whoHasNoPeersIsComparedWithNobody() {
        assertThat(printed(List.of(sample(1, 64, "selector", figures(1000, 1, 0.9, 0))))
                        .out())
                .contains("to nginx   to best peer   p50", "     -              -      300")
                .doesNotContain("selector is");
    }

    @Test
    void whatTheFiguresDoNotSayIsWarnedOf() {
        assertThat(printed(List.of(sample(1, 64, "selector", figures(1000, 0.9, 0.98, 0.5))))
                        .err())
                .contains(
                        "warning: file: 1KiB, connections: 64, selector: the generator was at its limit",
                        "other programs took up to 50 % of a processor")
                .hasLineCount(2);
        assertThat(printed(List.of(sample(1, 64, "selector", figures(1000, 0.98, 0.98, 0.1))))
                        .err())
                .isEmpty();
    }

    @Test
    void aRoundIsSaidInWords() {
        assertThat(HttpTables.inWords(figures(27_065, 0.99, 0.6, 0.03)))
                .isEqualTo("27,065/s, 0.03 GB/s, p99 900 us, server 99 %, generator 60 %, others 3 %, peak 50 MiB");
    }

    /** What the kernel counts in steps of 0.01 s may be less than nothing. */
    @Test
    void sharesAreThoseOfWrksLife() {
        WrkFigures wrk = new WrkFigures(1000, 2_000_000, 1_100_000, 300, 900, 0, 0, 0, 0, 0);
        Rusage usage = new Rusage(5_000_000, 9_000_000, 1, 4, 100);
        HttpFigures figures = HttpFigures.of(wrk, 1000, usage, 2, 51_200);
        assertThat(figures).isEqualTo(new HttpFigures(1000, 2, 500, 0.0005, 300, 900, 0.5, 0.25, 0.25, 51_200));
        assertThat(HttpFigures.of(wrk, 1000, usage, 3.5, 51_200).othersShare()).isZero();
    }
}
