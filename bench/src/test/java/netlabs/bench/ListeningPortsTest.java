package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {
    private static final List<String> TABLE = List.of(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:B3AF 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1184 1",
            "   0: 0000000000000000FFFF00000100007F:B3B1 00000000000000000000000000000000:0000 0A 00000000:00000000 0 0",
            "   1: 0100007F:B3B0 0100007F:B3AF 01 00000000:00000000 00:00000000 00000000     0        0 0 3");

    @Test
    void whoListensIsToldFromWhoIsConnected() {
        assertThat(ListeningPorts.isListening(0xB3AF, TABLE)).isTrue();
        assertThat(ListeningPorts.isListening(0xB3B0, TABLE)).isFalse();
        assertThat(ListeningPorts.isListening(0xB3B1, TABLE)).isTrue();
        assertThat(ListeningPorts.isListening(0x3AF, TABLE)).isFalse();
    }

    @Test
    void aProgramThatEndsWithoutListeningIsNotWaitedFor() throws Exception {
        try (RunningProgram program = RunningProgram.start(Path.of("."), List.of(Peers.require("sh"), "-c", ":"))) {
            assertThatThrownBy(() -> ListeningPorts.await(program, ListeningPorts.free(), Duration.ofMinutes(1)))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aFreePortCanBeListenedOn() throws Exception {
        int port = ListeningPorts.free();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
