package netlabs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listing as a program among others in a pipeline. */
@Timeout(120)
class ReadIT {
    @TempDir
    private Path folder;

    private void record(int exchanges) {
        RawPcap pcap = new RawPcap();
        for (int i = 0; i < exchanges; i++) {
            pcap.exchange(1024 + i % 1_000, "x"); // what is known of a stream has to be kept, of a packet not
        }
        pcap.write(folder.resolve("a.pcap"));
    }

    private static String shellWords(String... arguments) {
        return String.join(" ", LabJar.command(arguments));
    }

    /** Far more than a pipe holds, and whoever reads has enough after one line. */
    @Test
    void headHasEnough() throws Exception {
        record(5_000);
        for (String command : new String[] {"read", "flow", "analyze", "analyze --json"}) {
            try (RunningProgram shell = Peers.start(
                    folder,
                    "bash",
                    "-c",
                    shellWords(command, "a.pcap") + " | head -n 1; echo status ${PIPESTATUS[0]}")) {
                assertThat(shell.awaitExit(LabJar.TIMEOUT)).isZero();
                assertThat(shell.output()).hasLineCount(2).endsWith("\nstatus 0\n");
                assertThat(shell.error()).isEmpty();
            }
        }
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        record(1);
        try (RunningProgram shell =
                Peers.start(folder, "bash", "-c", shellWords("read", "a.pcap") + " > /dev/full; echo status $?")) {
            assertThat(shell.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(shell.output()).isEqualTo("status 1\n");
            assertThat(shell.error())
                    .startsWith("error: cannot write to standard output: ")
                    .hasLineCount(1);
        }
    }

    /** A pseudo-terminal, 72 columns wide. */
    @Test
    void theLadderFillsTheTerminal() throws Exception {
        record(1);
        String flow = shellWords("flow", "a.pcap");
        try (RunningProgram script = Peers.start(
                folder, "script", "-qec", "stty cols 72; unset COLUMNS NO_COLOR; TERM=xterm " + flow, "/dev/null")) {
            assertThat(script.awaitExit(LabJar.TIMEOUT)).as(script.toString()).isZero();
            assertThat(script.output()).contains("\033[0;34m───", "\033[0;32mhandshake\033[0m");
            String plain = script.output().replaceAll("\033\\[[0-9;]*m", "");
            assertThat(plain.lines().map(String::length)).contains(72).allMatch(length -> length <= 72);
        }
        try (RunningProgram script =
                Peers.start(folder, "script", "-qec", "NO_COLOR=1 COLUMNS=60 TERM=xterm " + flow, "/dev/null")) {
            assertThat(script.awaitExit(LabJar.TIMEOUT)).as(script.toString()).isZero();
            assertThat(script.output()).contains("handshake").doesNotContain("\033");
            assertThat(script.output().lines().map(String::length)).contains(60).allMatch(length -> length <= 60);
        }
    }

    /** 450,000 packets in a heap that could not hold a tenth of them. */
    @Test
    void memoryIsFlat() throws Exception {
        record(50_000);
        try (RunningProgram shell = Peers.start(
                folder, "bash", "-c", shellWords("read", "a.pcap").replace(" -jar ", " -Xmx48m -jar ") + " | wc -l")) {
            assertThat(shell.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(shell.output().strip()).isEqualTo("450000");
            assertThat(shell.error()).isEmpty();
        }
    }
}
