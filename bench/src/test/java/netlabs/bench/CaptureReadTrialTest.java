package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** tshark, and readers that say what they should not. */
@Timeout(120)
class CaptureReadTrialTest {
    private static final int PACKETS = 1_003;

    @TempDir
    private Path folder;

    private CapturedTraffic traffic;
    private CaptureReadTrial trial;

    @BeforeEach
    void prepare() throws Exception {
        NativeProgram rusage = CompiledPrograms.rusage(folder);
        traffic = new CapturedTraffic(folder.resolve("traffic.pcap"), PACKETS, 4);
        traffic.make();
        trial = new CaptureReadTrial(rusage, traffic, folder);
    }

    private static List<String> tshark(Path file) {
        return List.of(Peers.require("tshark"), "-n", "-q", "-r", file.toString(), "-z", "conv,tcp");
    }

    /** A lab that prints {@code lines}. */
    private static Contestant saying(String lines) {
        return Contestant.lab("fake", List.of(Peers.require("printf"), lines.replace("\n", "\\n")));
    }

    @Test
    void tsharkFindsAllThatWasMade() throws Exception {
        CaptureReadFigures figures = trial.run(Contestant.peer("tshark", tshark(traffic.file())), PACKETS);
        assertThat(figures.packets()).isEqualTo(PACKETS);
        assertThat(figures.seconds()).isBetween(0.001, 60.0);
        assertThat(figures.packetsPerSecond()).isEqualTo(PACKETS / figures.seconds());
        assertThat(figures.cpuSeconds()).isBetween(0.001, 60.0);
        assertThat(figures.othersShare()).isNotNegative();
        assertThat(figures.peakKib()).isGreaterThan(1024);
    }

    /** All but the last frame of a stream, or a stream less. */
    @Test
    void whoReadsLessFails() throws Exception {
        CapturedTraffic less = new CapturedTraffic(folder.resolve("less.pcap"), PACKETS - 1, 4);
        less.make();
        assertThatThrownBy(() -> trial.run(Contestant.peer("tshark", tshark(less.file())), PACKETS))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("it counts 1002 packets of 4 connections, and the file has 1003 of 4");
        assertThatThrownBy(() -> trial.run(saying("nothing to see\n"), PACKETS))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("it counts 0 packets of 0 connections, and the file has 1003 of 4");
    }

    @Test
    void bothWaysOfEveryStreamCount() throws Exception {
        String stream = """
                TCP stream 0: closed
                  client      ('10.0.3.1', 32768)
                  to server   1 byte of payload in 1 segment; 1 frame, 67 bytes with headers
                  to client   6 bytes of payload in 1 segment; %d frames, 344 bytes with headers
                """;
        String three = stream.formatted(250).repeat(3);
        assertThat(trial.run(saying(three + stream.formatted(249)), PACKETS).packetsPerSecond())
                .isPositive();
        assertThatThrownBy(() -> trial.run(saying(three), PACKETS))
                .hasMessage("it counts 753 packets of 3 connections, and the file has 1003 of 4");
    }

    @Test
    void whyItEndedIsSaid() {
        Contestant none = Contestant.peer("tshark", tshark(folder.resolve("none.pcap")));
        assertThatThrownBy(() -> trial.run(none, PACKETS))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("it ended with exit status 2 and said last: tshark: ")
                .hasMessageContaining("none.pcap");
    }
}
