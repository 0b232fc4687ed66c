package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --capture} where there is nothing that records: no module recorder is on this class path. */
class RecordingTest {
    private static final String NO_RECORDER = "--capture: this program was built without its module recorder";

    @TempDir
    Path folder;

    @Test
    void withoutAFileNothingIsRecordedOrLookedFor() {
        Recording recording = Recording.ofTcp(
                new InetSocketAddress(5005), null, new TestConsole().console().err());
        try (recording) {
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aServerThatCannotBeRecordedDoesNotKeepItsPort() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ServerOptions options =
                new ServerOptions(InetAddress.getLoopbackAddress(), port, 1, false, 0, false, folder.resolve("a.pcap"));
        assertThatThrownBy(() -> BlockingAcceptor.bind(
                        options,
                        new ThreadModel.Iterative(),
                        new TestConsole().console().err()))
                .isInstanceOf(LabException.class)
                .hasMessage(NO_RECORDER);
        assertThatThrownBy(() ->
                        EventServer.bind(options, new TestConsole().console().err()))
                .isInstanceOf(LabException.class)
                .hasMessage(NO_RECORDER); // and not that the port is in use
    }
}
