package netlabs.tcpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code nc} as the client. */
@Timeout(60)
class NetcatIT {
    private static final String WELCOME = "Welcome to CS 352!";

    @TempDir
    private Path folder;

    private RunningProgram server() throws IOException {
        return LabJar.start(folder, "server", "--port", "0", "--once");
    }

    /** {@code -N}: half-close at the end of the input. */
    private RunningProgram netcat(RunningProgram server) throws Exception {
        return Peers.start(folder, "nc", "-N", "127.0.0.1", "" + server.awaitReady(TIMEOUT));
    }

    @Test
    void lines() throws Exception {
        try (RunningProgram server = server();
                RunningProgram nc = netcat(server)) {
            nc.type("HELLO\n\na b\n");
            nc.endInput();
            assertThat(nc.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(nc.output()).isEqualTo(WELCOME + "olleh\n\nB A\n");
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(0);
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("olleh\n\nB A\n");
    }

    @Test
    void aMissingLastNewline() throws Exception {
        try (RunningProgram server = server();
                RunningProgram nc = netcat(server)) {
            nc.type("one\ntwo");
            nc.endInput();
            assertThat(nc.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(nc.output()).isEqualTo(WELCOME + "ENO\nOWT");
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("ENO\nOWT\n");
    }

    @Test
    void noNewlineAtAllAndTheInputLeftOpen() throws Exception {
        try (RunningProgram server = server();
                RunningProgram nc = netcat(server)) {
            nc.type("HELLO");
            nc.awaitOutput(WELCOME + "olleh", TIMEOUT);
            nc.type("again");
            nc.awaitOutput(WELCOME + "ollehNIAGA", TIMEOUT);
        }
    }

    @Test
    void typedSlowlyByteByByte() throws Exception {
        try (RunningProgram server = server();
                RunningProgram nc = netcat(server)) {
            nc.type("first\n");
            nc.awaitOutput(WELCOME + "TSRIF\n", TIMEOUT);
            for (String key : "slow\n".split("")) {
                nc.type(key);
                pauseLongerThanTheQuietPeriod();
            }
            nc.awaitOutput("WOLS\n", TIMEOUT);
            nc.endInput();
            nc.awaitExit(TIMEOUT);
            assertThat(nc.output()).isEqualTo(WELCOME + "TSRIF\nWOLS\n");
        }
    }

    /** The typist's pause is what is tested here, not a wait for something to happen. */
    private static void pauseLongerThanTheQuietPeriod() throws InterruptedException {
        new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
    }
}
