package netlabs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    private static final Path EXCHANGE = LabJar.samples().resolve("captures/exchange.pcap");

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();

    private int analyze(Path file, String... options) {
        String[] args = Arrays.copyOf(new String[] {"analyze", file.toString()}, options.length + 2);
        System.arraycopy(options, 0, args, 2, options.length);
        return CaptureLab.program().run(args, console.console());
    }

    private Path file(byte... content) throws IOException {
        return Files.write(folder.resolve("a.pcap"), content);
    }

    private Path exchangeCutAt(int bytes) throws IOException {
        return file(Arrays.copyOf(Files.readAllBytes(EXCHANGE), bytes));
    }

    private List<String> differences(Path file, String expected) {
        String named = expected.replace("FILE", file.toString());
        return new ExpectedTranscript(named.getBytes(StandardCharsets.UTF_8))
                .differences(console.out().getBytes(StandardCharsets.UTF_8));
    }

    /** Each question of the lab sheets has its line. Ports and times are another recording's. */
    @Test
    void theAnswersOfAnExchange() {
        assertThat(analyze(EXCHANGE)).isZero();

        assertThat(differences(EXCHANGE, """
                        FILE: 11 frames, 754 bytes, <ms> s
                          frames      TCP 11, UDP 0
                          traffic     external
                          servers     1: TCP ('10.0.3.2', 5005)
                          clients     1: TCP ('10.0.3.1', <port>)
                          sockets     2 unique socket addresses
                          ephemeral   clients' ports <port>

                        TCP stream 0: closed
                          client      ('10.0.3.1', <port>)
                          server      ('10.0.3.2', 5005)
                          traffic     external, frames 1 to 11, <ms> s
                          handshake   frame 1: SYN     client ('10.0.3.1', <port>) -> server ('10.0.3.2', 5005)
                                      frame 2: SYN-ACK server ('10.0.3.2', 5005) -> client ('10.0.3.1', <port>)
                                      frame 3: ACK     client ('10.0.3.1', <port>) -> server ('10.0.3.2', 5005)
                          round trip  <ms> ms (SYN to SYN-ACK <ms> ms, SYN-ACK to ACK <ms> ms)
                          to server   6 bytes of payload in 1 segment; 6 frames, 410 bytes with headers
                          to client   6 bytes of payload in 1 segment; 5 frames, 344 bytes with headers
                          close       frame 8:  FIN-ACK client ('10.0.3.1', <port>) -> server ('10.0.3.2', 5005)
                                      frame 9:  ACK     server ('10.0.3.2', 5005) -> client ('10.0.3.1', <port>)
                                      frame 10: FIN-ACK server ('10.0.3.2', 5005) -> client ('10.0.3.1', <port>)
                                      frame 11: ACK     client ('10.0.3.1', <port>) -> server ('10.0.3.2', 5005)
                          sent again  nothing
                        """)).isEmpty();
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aCaptureWithoutTimes() {
        assertThat(analyze(LabJar.samples().resolve("captures/simple-packets.pcapng")))
                .isZero();

        assertThat(console.out())
                .contains(": 11 frames, 754 bytes, no times\n", ", frames 1 to 11, no times\n")
                .contains("\n  round trip  no times in this capture\n")
                .doesNotContain("0.000");
    }

    /** An ICMP error quotes flow 0, which the capture has no packet of: its number stays free, as in tshark. */
    @Test
    void aFlowIsPickedByItsNumber() throws IOException {
        byte[] quoted = new RawPcap()
                .icmp(3, new RawPcap().datagram(1_000, 2_000, "HELLO"))
                .datagram(1, 2, "a")
                .bytes();

        assertThat(analyze(file(quoted), "--udp-flow", "1")).isZero();
        assertThat(console.out())
                .contains("sockets     2 unique", "UDP flow 1: ")
                .doesNotContain("UDP flow 0");
        assertThat(analyze(file(quoted), "--udp-flow", "0")).isEqualTo(1);
        assertThat(console.err()).contains("no UDP flow 0 in ", ": only an ICMP error quotes it");
    }

    @Test
    void aUdpFlowHasNoHandshake() {
        Path file = LabJar.samples().resolve("captures/udp-echo-upper.pcap");

        assertThat(analyze(file)).isZero();
        assertThat(differences(file, """
                        FILE: 4 frames, 212 bytes, <ms> s
                          frames      TCP 0, UDP 4
                          traffic     loopback
                          servers     1: UDP ('127.0.0.1', 12000)
                          clients     1: UDP ('127.0.0.1', <port>)
                          sockets     2 unique socket addresses
                          ephemeral   clients' ports <port>

                        UDP flow 0: no connection, no handshake, no close
                          client      ('127.0.0.1', <port>)
                          server      ('127.0.0.1', 12000)
                          traffic     loopback, frames 1 to 4, <ms> s
                          to server   10 bytes of payload; 2 frames, 106 bytes with headers
                          to client   10 bytes of payload; 2 frames, 106 bytes with headers
                        """)).isEmpty();
    }

    @Test
    void whatWasReadableComesBeforeTheError() throws IOException {
        Path file = exchangeCutAt(700);

        assertThat(analyze(file)).isEqualTo(1);
        assertThat(console.out())
                .startsWith(file + ": 7 frames, 490 bytes, ")
                .contains("\nTCP stream 0: open\n")
                .contains("  close       not in this capture\n")
                .endsWith("  note        the capture ends before the connection does\n");
        assertThat(console.err())
                .isEqualTo("error: " + file + ": the file ends within a packet of 66 bytes, at byte 626\n");
    }

    @Test
    void jsonOfADamagedFileIsWhole() throws IOException {
        Path file = exchangeCutAt(700);

        assertThat(analyze(file, "--json")).isEqualTo(1);
        assertThat(console.out())
                .startsWith("{\n  \"schema\" : 1,\n")
                .endsWith("}\n")
                .contains("\"complete\" : false");
        assertThat(console.err())
                .startsWith("error: ")
                .endsWith(", at byte 626\n")
                .hasLineCount(1);
    }

    @Test
    void aCaptureWithoutPackets() throws IOException {
        Path file = exchangeCutAt(24);

        assertThat(analyze(file)).isZero();
        assertThat(console.out()).isEqualTo(file + """
                        : 0 frames, 0 bytes, 0.000000 s
                          note        no packets: look at the interface and the filter that it was recorded with
                          frames      TCP 0, UDP 0
                          traffic     none
                          servers     0
                          clients     0
                          sockets     0 unique socket addresses
                        """);
    }

    @Test
    void anotherFile() throws IOException {
        Path file = file("HELLO, I am a text.\n".getBytes(StandardCharsets.UTF_8));

        assertThat(analyze(file, "--json")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("error: " + file + ": not a capture file (pcap or pcapng), at byte 0\n");
    }

    @Test
    void anEmptyFile() throws IOException {
        Path file = file();

        assertThat(analyze(file)).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("error: " + file + ": an empty file, at byte 0\n");
    }

    @Test
    void oneFileIsWanted() {
        assertThat(CaptureLab.program().run(new String[] {"analyze"}, console.console()))
                .isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: wanted: one capture file (see capture analyze --help)\n");
    }
}
