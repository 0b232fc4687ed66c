package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.process.RunningProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code samples/topology/three-hosts}: the lab sheet of three hosts, in network namespaces. Beside
 * {@link LauncherIT}, because here all labs are built.
 */
@Timeout(120)
class TopologyIT {
    private static final String OPENED = "tcp.flags == 2";

    @TempDir
    private Path folder;

    @BeforeEach
    void peersAreThere() throws Exception {
        Namespaces.require("bash", "tshark", "setpriv", "ss", "hostname");
    }

    private RunningProgram threeHosts(String... arguments) throws Exception {
        return Namespaces.start(folder, List.of(), "topology/three-hosts", arguments);
    }

    @Test
    void partOneIsAnEchoBetweenAAndB() throws Exception {
        try (RunningProgram script = threeHosts("part1")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isZero();
            assertThat(script.output())
                    .contains(
                            "B| [S]: Got a connection request from a client at ('10.0.3.1', ",
                            "A| [C]: Data received from server: olleh\n");
        }
        Path capture = folder.resolve("proj1_part1.pcap");
        assertThat(Namespaces.frames(capture, OPENED)).containsExactly("10.0.3.1 0");
        assertThat(Namespaces.frames(capture, "tcp contains \"olleh\"")).containsExactly("10.0.3.2 6");
        // The recorder on B has seen the end, and nothing twice.
        assertThat(Namespaces.frames(capture, "tcp.flags.fin == 1"))
                .containsExactlyInAnyOrder("10.0.3.1 0", "10.0.3.2 0");
        assertThat(Namespaces.frames(capture, "tcp.analysis.flags")).isEmpty();
    }

    @Test
    void partTwoIsTwoClientsAndAChat() throws Exception {
        try (RunningProgram script = threeHosts("part2", "--to", "recorded")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isZero();
            for (String host : List.of("A", "B", "C")) {
                assertThat(script.output())
                        .contains(
                                host + "| R2: Hi, my name is R2\n",
                                host + "| KALI: Hi, my name is KALI\n",
                                host + "| C: Hi, my name is C\n");
            }
        }
        Path capture = folder.resolve("recorded/proj1_part2.pcap");
        assertThat(Namespaces.frames(capture, OPENED + " && tcp.dstport == 5005"))
                .containsExactlyInAnyOrder("10.0.3.1 0", "10.0.3.3 0");
        assertThat(Namespaces.frames(capture, OPENED + " && tcp.dstport == 5000"))
                .containsExactlyInAnyOrder("10.0.3.1 0", "10.0.3.3 0");
    }

    @Test
    void nothingIsLeftOfOneThatIsEnded() throws Exception {
        try (RunningProgram script = threeHosts("part2")) {
            script.awaitOutput("C$ ./lab threaded-server client", TIMEOUT);
            assertThat(programsHere()).isNotEmpty();
            script.terminate();
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isEqualTo(143);
        }
        assertThat(programsHere()).isEmpty();
    }

    /** The programs whose current folder is this test's: nobody else's are. */
    private List<String> programsHere() {
        return ProcessHandle.allProcesses()
                .filter(this::isHere)
                .map(process -> process.info().commandLine().orElse("?"))
                .toList();
    }

    private boolean isHere(ProcessHandle process) {
        try {
            return Path.of("/proc", "" + process.pid(), "cwd").toRealPath().equals(folder.toRealPath());
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }

    @Test
    void whatIsMissingOrUnknownIsWrongUsage() throws Exception {
        wrongUsage("error: shell wants one of the hosts A, B, C\n", "shell", "D");
        wrongUsage("error: shell wants one of the hosts A, B, C\n", "shell");
        wrongUsage("error: --to wants a folder\n", "part1", "--to");
    }

    private void wrongUsage(String error, String... arguments) throws Exception {
        try (RunningProgram script = threeHosts(arguments)) {
            assertThat(script.awaitExit(TIMEOUT)).isEqualTo(2);
            assertThat(script.error()).isEqualTo(error);
        }
    }
}
