package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/captures/make --check}: do the captures show what they are named after? */
@Timeout(120)
class CapturesIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void peersAreThere() {
        for (String program : List.of("bash", "tshark", "capinfos")) {
            Peers.require(program);
        }
    }

    @Test
    void thoseOfSomeCasesAreChecked() throws Exception {
        try (RunningProgram script = check("lost-segment", "udp-echo-upper")) {
            assertThat(script.awaitExit(TIMEOUT)).as(script.toString()).isZero();
            assertThat(script.output()).isEqualTo("4 captures show what they are named after\n");
        }
        try (RunningProgram script = check("lost-segment", "--to", folder.toString())) {
            assertThat(script.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(script.output()).isEqualTo("lost-segment.pcap: missing\nlost-segment-receiver.pcap: missing\n");
        }
    }

    @Test
    void anUnknownCaseIsWrongUsage() throws Exception {
        try (RunningProgram script = check("lost-sheep")) {
            assertThat(script.awaitExit(TIMEOUT)).isEqualTo(2);
            assertThat(script.error()).isEqualTo("error: unknown case 'lost-sheep' (see --list)\n");
        }
    }

    private RunningProgram check(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--check"));
        all.addAll(List.of(arguments));
        return Namespaces.start(folder, List.of(), "captures/make", all.toArray(new String[0]));
    }
}
