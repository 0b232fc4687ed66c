package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class CaptureReadTablesTest {
    private static final Roster ROSTER = new Roster(List.of(
            Contestant.lab("java-jar", List.of("java")),
            Contestant.lab("lab", List.of("lab")).onlyIf(false, "there is no launcher"),
            Contestant.peer("tshark", List.of("tshark"))));

    private static Sample<CaptureReadFigures> sample(int round, String contestant, double seconds, double others) {
        return new Sample<>(
                round,
                "",
                1_000_000,
                contestant,
                new CaptureReadFigures(1_000_000, seconds, 2 * seconds, others, (long) (102_400 * seconds)),
                null);
    }

    @Test
    void readersAreComparedWithTshark() {
        TestConsole console = new TestConsole();
        List<Sample<CaptureReadFigures>> samples = List.of(
                sample(1, "java-jar", 0.5, 0.01),
                sample(1, "tshark", 8, 0.25),
                sample(2, "java-jar", 0.25, 0.01),
                sample(2, "tshark", 6, 0.35),
                sample(3, "java-jar", 1, 0.01),
                new Sample<>(3, "", 1_000_000, "tshark", null, "it died"));
        new CaptureReadTables(ROSTER, "1000000 packets").print(CaptureReadSummary.of(samples), console.console());
        assertThat(console.out()).startsWith("""

                1000000 packets        s     min .. max   packets/s   to tshark   cpu s   others   peak MiB    most
                java-jar            0.50   0.25 .. 1.00   2,000,000        13.7    1.00      1 %       50.0   100.0
                tshark (1 failed)   7.00   6.00 .. 8.00     145,833         1.0   14.00     30 %      700.0   800.0
                lab                 missing

                s: the whole process""");
        assertThat(console.err())
                .isEqualTo("warning: other programs took up to 30 % of a processor meanwhile: repeat it on a quiet"
                        + " machine\n");
    }

    @Test
    void aRoundIsSaidInWords() {
        assertThat(CaptureReadTables.inWords(sample(1, "tshark", 8, 0.25).figures()))
                .isEqualTo("8.00 s, 125,000 packets/s, cpu 16.00 s, others 25 %, peak 800.0 MiB");
    }
}
