package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of {@code chat}, in this process. */
@Timeout(30)
class ChatCommandTest {
    private final TestConsole console = new TestConsole();

    private int run(String... args) {
        return ThreadedLab.program().run(args, console.console());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat",
                "chat --name R2",
                "chat --listen 0",
                "chat --listen 70000 --name R2",
                "chat --listen x --name R2",
                "chat --listen 0 --name R2 localhost 5000",
                "chat --listen 0 --name R2 --timeout 1s",
                "chat --listen 0 --name a:b",
                "chat --listen 0 --name *",
                "chat --name R2 localhost",
                "chat --name R2 localhost 0",
                "chat --name R2 localhost five",
                "chat --name R2 localhost 5000 5001",
                "chat --name R2 localhost 5000 --once",
                "chat --name R2 localhost 5000 --max-clients 3",
                "chat --name R2 localhost 5000 --timeout 0"
            })
    void wrongUsage(String commandLine) {
        assertThat(run(commandLine.split(" "))).isEqualTo(2);
        assertThat(console.err()).hasLineCount(1).startsWith("error: ").contains("--help");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aBusyPortIsSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThat(run("chat", "--listen", port, "--bind", "127.0.0.1", "--name", "R2"))
                    .isEqualTo(1);
            assertThat(console.err()).isEqualTo("error: port " + port + " is already in use\n");
        }
    }

    @Test
    void anUnknownHostIsSaid() {
        assertThat(run("chat", "--name", "KALI", "no.such.host.invalid", "5000"))
                .isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: unknown host no.such.host.invalid\n");
    }
}
