package netlabs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();
    private Path file;

    @BeforeEach
    void record() {
        file = new RawPcap()
                .exchange(59_814, "HELLO\n")
                .datagram(49_152, 12_000, "it's \u001b[31mred")
                .exchange(9, "two")
                .write(folder.resolve("a.pcap"));
    }

    private int read(String... options) {
        String[] args = Arrays.copyOf(new String[] {"read", file.toString()}, options.length + 2);
        System.arraycopy(options, 0, args, 2, options.length);
        return CaptureLab.program().run(args, console.console());
    }

    @Test
    void aLineForEachPacket() {
        assertThat(read("-c", "4")).isZero();
        assertThat(console.out()).isEqualTo("""
                            1    0.000000 ('127.0.0.1', 59814) → ('127.0.0.1', 5005)  TCP [SYN] Seq=0 Win=65535 Len=0
                            2    0.001000 ('127.0.0.1', 5005)  → ('127.0.0.1', 59814) TCP [SYN, ACK] Seq=0 Ack=1 Win=65535 Len=0
                            3    0.002000 ('127.0.0.1', 59814) → ('127.0.0.1', 5005)  TCP [ACK] Seq=1 Ack=1 Win=65535 Len=0
                            4    0.003000 ('127.0.0.1', 59814) → ('127.0.0.1', 5005)  TCP [PSH, ACK] Seq=1 Ack=1 Win=65535 Len=6
                        """);
    }

    @Test
    void aCaptureWithoutTimes() {
        file = LabJar.samples().resolve("captures/simple-packets.pcapng");

        assertThat(read("-c", "1")).isZero();
        assertThat(console.out()).startsWith("    1             ('10.0.3.1', ");
    }

    @Test
    void thePayloadIsMadeHarmless() {
        assertThat(read("--udp-flow", "0", "--payload")).isZero();
        assertThat(console.out())
                .endsWith(" UDP Len=13 \"it's \\x1b[31mred\"\n")
                .hasLineCount(1);
    }

    @Test
    void oneStream() {
        assertThat(read("--stream", "1")).isZero();
        assertThat(console.out().lines()).hasSize(9).allMatch(line -> line.contains("('127.0.0.1', 9)"));
    }

    @Test
    void aStreamThatIsNotThere() {
        assertThat(read("--stream", "2")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("error: no TCP stream 2 in " + file + ": it has 2, numbered from 0\n");
    }

    /** What is left of the file is shown; what is wrong with it is said behind that. */
    @Test
    void aFileThatIsCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(read()).isEqualTo(1);
        assertThat(console.out()).hasLineCount(18);
        assertThat(console.err()).startsWith("error: ").contains("byte").hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(CaptureLab.program().run(new String[] {"read", "none.pcap"}, console.console()))
                .isEqualTo(1);
        assertThat(console.err()).startsWith("error: ").contains("none.pcap").hasLineCount(1);
    }

    @Test
    void oneFileIsWanted() {
        assertThat(CaptureLab.program().run(new String[] {"read"}, console.console()))
                .isEqualTo(2);
        assertThat(read(file.toString())).isEqualTo(2);
    }
}
