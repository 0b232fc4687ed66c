package netlabs.bench;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedTrafficTest {
    @TempDir
    private Path folder;

    private CapturedTraffic made(String name, int packets, int streams) {
        CapturedTraffic traffic = new CapturedTraffic(folder.resolve(name), packets, streams);
        traffic.make();
        return traffic;
    }

    private List<String> tshark(CapturedTraffic traffic, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-n", "-r", traffic.file().toString()));
        arguments.addAll(List.of("-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"));
        arguments.addAll(List.of(more));
        try (RunningProgram tshark = Peers.start(folder, "tshark", arguments.toArray(String[]::new))) {
            assertThat(tshark.awaitExit(TIMEOUT)).as(tshark.toString()).isZero();
            return tshark.output().lines().toList();
        }
    }

    @Test
    void itHasAsManyPacketsAsAskedFor() throws Exception {
        for (int[] each : new int[][] {{7, 1}, {1_400, 200}, {20_000, 150}, {29_999, 17}}) {
            String name = each[0] + ".pcap";
            assertThat(PcapFile.packets(made(name, each[0], each[1]).file())).isEqualTo(each[0]);
        }
        assertThat(Files.size(folder.resolve("29999.pcap")) / 29_999).isBetween(100L, 130L);
    }

    @Test
    void itIsTheSameInEveryRun() {
        assertThat(made("first.pcap", 5_000, 10).file())
                .hasSameBinaryContentAs(made("second.pcap", 5_000, 10).file());
    }

    /** Nothing sent again, out of order, not acknowledged or with a wrong checksum: it is all as it should be. */
    @Test
    void tsharkFindsNoFault() throws Exception {
        CapturedTraffic traffic = made("traffic.pcap", 10_003, 120);
        String faults = "tcp.analysis.flags || _ws.malformed || _ws.expert.severity >= 0x600000"
                + " || tcp.checksum.status != 1 || ip.checksum.status != 1";
        assertThat(tshark(traffic, "-Y", faults)).isEmpty();
        // SYN, SYN-ACK, ACK, data, FIN, and no RST, by the end of each stream
        assertThat(tshark(traffic, "-Y", "tcp.completeness == 31", "-T", "fields", "-e", "tcp.stream").stream()
                        .distinct())
                .hasSize(120);
    }

    @Test
    void theFramesOfAStreamAreInOrder() throws Exception {
        CapturedTraffic traffic = made("traffic.pcap", 13, 1);
        assertThat(tshark(traffic, "-T", "fields", "-e", "tcp.srcport", "-e", "tcp.flags.str", "-E", "separator= "))
                .containsExactly(
                        "32768 ··········S·",
                        "5005 ·······A··S·",
                        "32768 ·······A····",
                        "32768 ·······AP···",
                        "5005 ·······A····",
                        "5005 ·······AP···",
                        "32768 ·······A····",
                        "32768 ·······AP···",
                        "5005 ·······A····",
                        "32768 ·······A···F",
                        "5005 ·······A····",
                        "5005 ·······A···F",
                        "32768 ·······A····");
    }

    @Test
    void aFileThatEndsWithinAPacketIsNoticed() throws Exception {
        Path file = made("traffic.pcap", 100, 2).file();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertThatThrownBy(() -> PcapFile.packets(file))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("its file is damaged behind 99 packets");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        CapturedTraffic traffic = new CapturedTraffic(Path.of("/proc/no/traffic.pcap"), 100, 2);
        assertThatThrownBy(traffic::make)
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("cannot write /proc/no/traffic.pcap");
    }
}
