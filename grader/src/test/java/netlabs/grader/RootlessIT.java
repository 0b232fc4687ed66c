package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/rootless/capture}: server, client and recorder as a user who is not root. */
@Timeout(120)
class RootlessIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void peersAreThere() throws Exception {
        Namespaces.require("bash", "tshark", "setpriv");
    }

    @Test
    void anUnprivilegedUserRecordsAWholeConnection() throws Exception {
        try (RunningProgram script = Namespaces.startUnprivileged(folder, "rootless/capture", "one.pcap")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isZero();
            assertThat(script.output())
                    .contains("[C]: Data received from server: olleh\n")
                    .endsWith("recorded: one.pcap\n");
        }
        Path capture = folder.resolve("one.pcap");
        assertThat(Namespaces.frames(capture, "tcp.flags.syn == 1")).hasSize(2);
        assertThat(Namespaces.frames(capture, "tcp contains \"olleh\"")).hasSize(1);
        assertThat(Namespaces.frames(capture, "tcp.flags.fin == 1")).hasSize(2);
    }

    @Test
    void aCommandOfOnesOwnIsRecordedAndItsStatusPassedOn() throws Exception {
        try (RunningProgram script = Namespaces.startUnprivileged(
                folder, "rootless/capture", "none.pcap", "--", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5005")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isEqualTo(1);
        }
        assertThat(Namespaces.frames(folder.resolve("none.pcap"), "tcp.flags.reset == 1"))
                .containsExactly("127.0.0.1 0");
    }

    @Test
    void aRecorderThatThereIsNotIsWrongUsage() throws Exception {
        List<String> before = List.of("env", "RECORD=foo");
        for (String script : List.of("rootless/capture", "topology/three-hosts part1", "captures/make exchange")) {
            String[] words = script.split(" ");
            try (RunningProgram run =
                    Namespaces.start(folder, before, words[0], Arrays.copyOfRange(words, 1, words.length))) {
                assertThat(run.awaitExit(TIMEOUT)).as(run.toString()).isEqualTo(2);
                assertThat(run.error()).isEqualTo("error: RECORD=foo: wanted lab, tcpdump or dumpcap\n");
            }
        }
    }

    @Test
    void whereUserNamespacesAreForbiddenItSaysWhatToSet() throws Exception {
        // A user namespace in which there may be no further one.
        List<String> forbidden = List.of(
                Peers.require("unshare"),
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$0\" \"$@\"");
        try (RunningProgram script = Namespaces.start(folder, forbidden, "rootless/capture")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isEqualTo(1);
            assertThat(script.error())
                    .isEqualTo("error: this user may not make user namespaces: user.max_user_namespaces is 0"
                            + " - sudo sysctl -w user.max_user_namespaces=15000\n");
        }
    }
}
