package netlabs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code record} and {@code interfaces} as a user runs them; what they write is read by tshark. */
class RecordIT {
    private static final int SIGINT = 130;
    private static final int SIGTERM = 143;

    @TempDir
    Path folder;

    private DatagramSocket socket;

    @BeforeAll
    static void mayRecord() {
        Permission.toRecord();
    }

    @BeforeEach
    void open() throws SocketException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void endsAfterACountOfPackets() throws Exception {
        try (RunningProgram record = record("-c", "3")) {
            send(5);
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(record.error()).endsWith("\n3 packets captured, 0 dropped by kernel\n");
            assertThat(record.output()).isEmpty();
        }
        assertThat(frames("frame.len", "udp.port==" + socket.getLocalPort())).hasSize(3);
    }

    @Test
    void endsAfterSomeSecondsAndSaysWhatItRecords() throws Exception {
        try (RunningProgram record = record("-a", "1", "--snaplen", "60", "-q")) {
            send(4);
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(record.error())
                    .isEqualTo("ready: recording any to a.pcap (link type LINUX_SLL2, snapshot length 60 bytes)\n"
                            + "4 packets captured, 0 dropped by kernel\n");
        }
        assertThat(frames("frame.cap_len", "udp")).containsOnly("60").hasSize(4);
    }

    /** libpcap keeps no less than the header of the link. */
    @Test
    void theShortestSnapshotIsKept() throws Exception {
        try (RunningProgram record = record("-c", "3", "--snaplen", "1")) {
            // At first libpcap filters itself, and in so little it finds no port; a moment later the kernel does.
            for (int i = 0; i < 200 && record.isAlive(); i++) {
                send(1);
                try {
                    record.awaitExit(Duration.ofMillis(50));
                } catch (TimeoutException e) {
                    continue;
                }
            }
            assertThat(record.awaitExit(LabJar.TIMEOUT)).as(record.error()).isZero();
            assertThat(record.error()).endsWith("\n3 packets captured, 0 dropped by kernel\n");
        }
    }

    @Test
    void sigintLosesNothing() throws Exception {
        try (RunningProgram record = record()) {
            send(1_000);
            record.interrupt();
            hasAll(record, SIGINT);
        }
    }

    @Test
    void sigtermLosesNothing() throws Exception {
        try (RunningProgram record = record()) {
            send(1_000);
            record.terminate();
            hasAll(record, SIGTERM);
        }
    }

    private void hasAll(RunningProgram record, int status) throws Exception {
        assertThat(record.awaitExit(LabJar.TIMEOUT)).isEqualTo(status);
        assertThat(record.error()).endsWith("\n1000 packets captured, 0 dropped by kernel\n");
        assertThat(frames("udp.length", "udp")).hasSize(1_000);
    }

    @Test
    void aFullDiskLeavesWholePacketsAndAnError() throws Exception {
        List<String> command = SmallDisk.command("a.pcap", LabJar.command("record", "-f", filter(), "-w", "a.pcap"));
        Path small = Files.createDirectory(folder.resolve("small"));
        try (RunningProgram record = RunningProgram.start(small, command)) {
            record.awaitError("ready: recording", LabJar.TIMEOUT);
            for (int i = 0; i < 200; i++) {
                send(1_000, 1_000);
            }
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isEqualTo(1);
            assertThat(record.error())
                    .containsPattern(
                            "\n\\d+ packets captured, \\d+ dropped by kernel\n") // so many do not wait for a full disk
                    .contains("\nerror: cannot write a.pcap: No space left on device - what was written before, ");
        }
        List<String> kept = frames(folder.resolve("copy.pcap"), "udp.length", "udp");
        assertThat(kept).hasSizeGreaterThan(10).containsOnly("1008");
    }

    @Test
    void faultsAreOneLine() throws Exception {
        fault(1, "error: no interface nowhere0: there are ", "-i", "nowhere0", "-w", "a.pcap");
        fault(1, "error: filter 'udp prt': ", "-f", "udp prt", "-w", "a.pcap");
        fault(2, "error: -w wants a file", "-w", "-");
        fault(2, "error: missing required option", "-c", "1");
        assertThat(folder.resolve("a.pcap")).doesNotExist();
    }

    private void fault(int status, String error, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("record"));
        arguments.addAll(List.of(options));
        try (RunningProgram record = LabJar.start(folder, arguments.toArray(new String[0]))) {
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isEqualTo(status);
            assertThat(record.error()).startsWith(error).hasLineCount(1);
        }
    }

    @Test
    void withoutPermissionItSaysWhatToGrant() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Peers.require("setpriv"), "--bounding-set", "-net_raw,-net_admin", "--inh-caps", "-net_raw"));
        command.addAll(LabJar.command("record", "-w", "a.pcap"));
        try (RunningProgram record = RunningProgram.start(folder, command)) {
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isEqualTo(1);
            assertThat(record.error())
                    .startsWith("error: no permission to capture on any - run it with sudo")
                    .contains("setcap cap_net_raw,cap_net_admin+eip /")
                    .hasLineCount(1);
        }
    }

    @Test
    void withoutLibpcapItSaysWhatToInstall() throws Exception {
        List<String> command = new ArrayList<>(LabJar.command("record", "-w", "a.pcap"));
        command.add(1, "-Dorg.pcap4j.core.pcapLibName=no-such-library"); // pcap4j's own name for it
        try (RunningProgram record = RunningProgram.start(folder, command)) {
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isEqualTo(1);
            assertThat(record.error())
                    .startsWith("error: recording packets needs libpcap, and there is none here: ")
                    .hasLineCount(1);
        }
    }

    @Test
    void listsTheInterfaces() throws Exception {
        try (RunningProgram interfaces = LabJar.start(folder, "interfaces")) {
            assertThat(interfaces.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(interfaces.output())
                    .containsPattern("(?m)^any +up +may capture  LINUX_SLL2")
                    .containsPattern("(?m)^lo +up +loopback +may capture  EN10MB  127\\.0\\.0\\.1");
            assertThat(interfaces.error()).isEmpty();
        }
    }

    /** {@code true}(1) reads nothing, and has ended long before. */
    @Test
    void whoeverReadsTheListMayHaveEnough() throws Exception {
        String interfaces = String.join(" ", LabJar.command("interfaces"));
        try (RunningProgram shell =
                Peers.start(folder, "bash", "-c", interfaces + " | true; echo status ${PIPESTATUS[0]}")) {
            assertThat(shell.awaitExit(LabJar.TIMEOUT)).isZero();
            assertThat(shell.output()).isEqualTo("status 0\n");
            assertThat(shell.error()).isEmpty();
        }
    }

    /** A pseudo-terminal, and a shell with job control: what is in the background leaves the prompt alone. */
    @Test
    void theCounterIsShownInTheForegroundOnly() throws Exception {
        assertThat(onTerminal("")).contains("\n0 packets\r");
        assertThat(onTerminal(" & wait"))
                .contains("\n0 packets captured, 0 dropped by kernel\r")
                .doesNotContain("0 packets\r");
    }

    private String onTerminal(String behind) throws Exception {
        String record = String.join(" ", LabJar.command("record", "-a", "1", "-w", "a.pcap", "-f", "tcp\\ port\\ 1"));
        try (RunningProgram script =
                Peers.start(folder, "script", "-qec", "TERM=xterm bash -mc '" + record + behind + "'", "/dev/null")) {
            assertThat(script.awaitExit(LabJar.TIMEOUT)).as(script.toString()).isZero();
            return script.output();
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Map<String, String> environment = Map.of("HOME", home.toString(), "XDG_CACHE_HOME", "");
        List<String> command = new ArrayList<>(LabJar.command("record", "-a", "1", "-w", "a.pcap"));
        command.addAll(1, List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home));
        try (RunningProgram record = RunningProgram.start(folder, environment, command)) {
            assertThat(record.awaitExit(LabJar.TIMEOUT)).isZero();
        }
        assertThat(home).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    private RunningProgram record(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("record", "-f", filter(), "-w", "a.pcap"));
        arguments.addAll(List.of(options));
        RunningProgram record = LabJar.start(folder, arguments.toArray(new String[0]));
        record.awaitError("ready: recording", LabJar.TIMEOUT);
        return record;
    }

    private String filter() {
        return "udp port " + socket.getLocalPort();
    }

    private void send(int count) throws IOException {
        send(count, 100);
    }

    private void send(int count, int length) throws IOException {
        for (int i = 0; i < count; i++) {
            socket.send(new DatagramPacket(new byte[length], length, socket.getLocalSocketAddress()));
        }
    }

    private List<String> frames(String field, String filter) throws Exception {
        return frames(folder.resolve("a.pcap"), field, filter);
    }

    private List<String> frames(Path file, String field, String filter) throws Exception {
        try (RunningProgram tshark =
                Peers.start(folder, "tshark", "-r", file.toString(), "-Y", filter, "-T", "fields", "-e", field)) {
            assertThat(tshark.awaitExit(LabJar.TIMEOUT)).as(tshark.error()).isZero();
            return tshark.output().lines().toList();
        }
    }
}
