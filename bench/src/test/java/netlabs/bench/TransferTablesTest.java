package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class TransferTablesTest {
    private static final Roster ROSTER = new Roster(List.of(
            receiving(Contestant.lab("lab", List.of("java", TransferContestants.FOLDER))),
            receiving(Contestant.lab("lab-raw", List.of("java", TransferContestants.FOLDER)))
                    .onlyIf(false, "it is not built"),
            receiving(Contestant.peer("socat", List.of("socat", TransferContestants.FILE))),
            receiving(Contestant.peer("nc", List.of("nc", TransferContestants.FILE))),
            receiving(Contestant.peer("iperf3", List.of("iperf3")))));

    private static Contestant receiving(Contestant contestant) {
        return contestant.doing(TransferTrial.NEW);
    }

    /** A gigabyte. */
    private static Sample<TransferFigures> sample(String contestant, double seconds, double sync) {
        return new Sample<>(
                1,
                TransferTrial.NEW,
                1000,
                contestant,
                new TransferFigures(1_000_000_000, seconds, sync, 0.25, 0.5, 0.12, 51_200, 102_400),
                null);
    }

    @Test
    void likeIsComparedWithLike() {
        TestConsole console = new TestConsole();
        List<Sample<TransferFigures>> samples = List.of(
                sample("lab", 0.8, 0),
                sample("socat", 0.5, 0.5),
                new Sample<>(1, TransferTrial.NEW, 1000, "nc", null, "it died"),
                sample("iperf3", 0.25, 0));
        new TransferTables(ROSTER, "MiB: 1000, ext4")
                .print(TransferSummary.of(samples), console.console().out());
        assertThat(console.out()).startsWith("""

                into a new file, MiB: 1000, ext4   GB/s     min .. max   to socat   to nc   with fsync   to socat+fsync   to nc+fsync   cpu s   others   peak MiB, sender + receiver
                lab                                1.25   1.25 .. 1.25       0.63       -         1.25             1.25             -    0.75     12 %                  50.0 + 100.0
                socat                              2.00   2.00 .. 2.00       1.00       -         1.00             1.00             -    0.75     12 %                  50.0 + 100.0
                nc (1 failed)                         -
                iperf3, no file                    4.00   4.00 .. 4.00       2.00       -            -                -             -    0.75     12 %                  50.0 + 100.0
                lab-raw                            missing

                GB/s: the file's bytes by the time""");
    }

    @Test
    void aRoundIsSaidInWords() {
        assertThat(TransferTables.inWords(sample("socat", 0.5, 0.5).figures()))
                .isEqualTo("2.00 GB/s, with fsync 1.00 GB/s, cpu 0.25 + 0.50 s, others 12 %, peak 50.0 + 100.0 MiB"
                        + " (sender + receiver)");
    }
}
