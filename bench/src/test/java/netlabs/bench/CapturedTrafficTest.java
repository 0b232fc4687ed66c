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
        List<String> frames = new ArrayList<>();
        for (String line : tshark(traffic, "-T", "fields", "-e", "tcp.srcport", "-e", "tcp.flags")) {
            String[] fields = line.split("\t");
            frames.add(fields[0] + flags(Integer.decode(fields[1])));
        }
        assertThat(frames)
                .containsExactly(
                        "32768 SYN",
                        "5005 SYN ACK",
                        "32768 ACK",
                        "32768 PSH ACK",
                        "5005 ACK",
                        "5005 PSH ACK",
                        "32768 ACK",
                        "32768 PSH ACK",
                        "5005 ACK",
                        "32768 FIN ACK",
                        "5005 ACK",
                        "5005 FIN ACK",
                        "32768 ACK");
    }

    private static String flags(int bits) {
        String fin = (bits & 0x01) == 0 ? "" : " FIN";
        String syn = (bits & 0x02) == 0 ? "" : " SYN";
        String psh = (bits & 0x08) == 0 ? "" : " PSH";
        return fin + syn + psh + ((bits & 0x10) == 0 ? "" : " ACK");
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
