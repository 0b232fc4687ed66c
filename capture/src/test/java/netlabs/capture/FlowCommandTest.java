package netlabs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowCommandTest {
    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();
    private Path file;

    @BeforeEach
    void record() {
        file = new RawPcap()
                .exchange(59_814, "HELLO\n")
                .datagram(49_152, 12_000, "anybody?")
                .exchange(9, "two")
                .write(folder.resolve("a.pcap"));
    }

    private int flow(String... options) {
        String[] args = Arrays.copyOf(new String[] {"flow", file.toString()}, options.length + 2);
        System.arraycopy(options, 0, args, 2, options.length);
        return CaptureLab.program().run(args, console.console());
    }

    @Test
    void aDiagramForEachStream() {
        assertThat(flow()).isZero();
        assertThat(console.out())
                .contains(
                        "TCP stream 0: 9 frames, 6 bytes from the client, 6 bytes from the server\n",
                        "\n\nUDP flow 0: 1 frame, 8 bytes from the client, 0 bytes from the server\n",
                        "\n\nTCP stream 1: 9 frames, 3 bytes from the client, 3 bytes from the server\n",
                        "── PSH, ACK Seq=1 Ack=1 Len=6 'HELLO\\n' ──")
                .doesNotContain("\033");
    }

    @Test
    void aCaptureWithoutTimes() throws Exception {
        file = LabJar.samples().resolve("captures/simple-packets.pcapng");
        Path svg = folder.resolve("a.svg");

        assertThat(flow()).isZero();
        assertThat(flow("--svg", svg.toString())).isZero();
        assertThat(console.out())
                .contains("\n    1             │─── SYN Seq=0 Len=0 ───")
                .doesNotContain("0.000000", "pause");
        assertThat(Files.readString(svg)).contains("<title>Frame 1, client (").doesNotContain("0.000000");
    }

    @Test
    void oneStreamOnWhateverPaper() {
        assertThat(flow("--stream", "1", "--ascii", "--width", "20")).isZero(); // 60 are the least
        assertThat(console.out()).contains("TCP stream 1:").doesNotContain("stream 0", "UDP");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void theLimitIsOfEachStream() {
        assertThat(flow("--limit", "1")).isZero();
        assertThat(console.out()).containsOnlyOnce("UDP Len=8").contains("… 8 frames more");
    }

    @Test
    void aFlowThatIsNotThere() {
        assertThat(flow("--udp-flow", "1")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("error: no UDP flow 1 in " + file + ": it has 1, numbered from 0\n");
    }

    @Test
    void aPictureIsWrittenAtOnce() throws Exception {
        Path svg = folder.resolve("a.svg");
        Files.writeString(svg, "what was there before");
        assertThat(flow("--svg", svg.toString())).isZero();
        assertThat(console.out()).isEmpty();
        assertThat(Files.readString(svg))
                .startsWith("<?xml")
                .contains("TCP stream 0", "UDP flow 0")
                .endsWith("</svg>\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, svg);
        }
        byte[] first = Files.readAllBytes(svg);
        assertThat(flow("--svg", svg.toString())).isZero();
        assertThat(Files.readAllBytes(svg)).isEqualTo(first);
    }

    @Test
    void aPictureWhereNoneCanBe() {
        assertThat(flow("--svg", folder.resolve("none/a.svg").toString())).isEqualTo(1);
        assertThat(console.err())
                .isEqualTo("error: cannot write " + folder.resolve("none/a.svg") + ": no such file or directory\n");
    }

    @Test
    void theCaptureIsNotDrawnOver() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        for (Path svg : new Path[] {file, link}) {
            assertThat(flow("--svg", svg.toString())).isEqualTo(2);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
        assertThat(console.err()).contains("error: --svg names the capture itself");
    }

    /** A link stays one, and what it leads to is written. */
    @Test
    void aPictureThroughALink() throws Exception {
        Path svg = Files.createFile(folder.resolve("a.svg"));
        Path link = Files.createSymbolicLink(folder.resolve("link.svg"), svg);
        assertThat(flow("--svg", link.toString())).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(svg)).startsWith("<?xml");
    }

    @Test
    void aCaptureWithoutPackets() {
        new RawPcap().write(file);
        assertThat(flow()).isZero();
        assertThat(flow("--svg", folder.resolve("a.svg").toString())).isZero();
        assertThat(console.out()).isEmpty();
        assertThat(folder.resolve("a.svg")).doesNotExist();
        assertThat(console.err()).isEqualTo(("note: " + file + " has no packets\n").repeat(2));
    }

    /** What is left of the file is drawn; what is wrong with it is said as well. */
    @Test
    void aFileThatIsCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(flow()).isEqualTo(1);
        assertThat(console.out()).contains("TCP stream 1: 8 frames");
        assertThat(console.err()).startsWith("error: ").contains("byte").hasLineCount(1);
        assertThat(flow("--svg", folder.resolve("a.svg").toString())).isEqualTo(1);
        assertThat(folder.resolve("a.svg")).exists();
    }

    @Test
    void onlySoManyDiagrams() {
        RawPcap many = new RawPcap();
        for (int i = 0; i < 103; i++) {
            many.exchange(1024 + i, "x");
        }
        many.write(file);
        assertThat(flow()).isZero();
        assertThat(console.out())
                .contains("TCP stream 99:")
                .doesNotContain("TCP stream 100:")
                .endsWith("\n... 3 streams more; --stream and --udp-flow pick one\n");
    }
}
