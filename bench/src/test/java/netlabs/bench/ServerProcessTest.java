package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are given a port which another one may have taken meanwhile. */
@Timeout(60)
class ServerProcessTest {
    @TempDir
    private Path folder;

    private Contestant server(String script) {
        return Contestant.peer(
                "server", List.of(Peers.require("sh"), "-c", script, ServerProcess.PORT, folder.toString()));
    }

    @Test
    void aPortThatIsTakenIsReplacedByAnother() throws Exception {
        String listen = "import socket, sys; socket.create_server((\"127.0.0.1\", int(sys.argv[1]))).accept()";
        String once = "if mkdir \"$1/tried\"; then echo \"bind: Address already in use\" >&2; exit 1; fi\n";
        String python = Peers.require("python3");
        try (ServerProcess server =
                ServerProcess.start(server(once + "exec " + python + " -c '" + listen + "' \"$0\""))) {
            assertThat(server.port()).isPositive();
            assertThat(folder.resolve("tried")).isDirectory();
        }
    }

    @Test
    void isNotTriedForEver() {
        String never = "echo x >> \"$1/tries\"; echo \"bind: Address already in use\" >&2; exit 1";
        assertThatThrownBy(() -> ServerProcess.start(server(never)))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("it did not get ready; the server ended with exit status 1 and said last: bind: Address"
                        + " already in use");
        assertThat(folder.resolve("tries")).hasContent("x\nx\nx\n");
    }

    @Test
    void whoFailsForAnotherReasonIsNotTriedAgain() {
        assertThatThrownBy(() -> ServerProcess.start(server("mkdir \"$1/tried\" && echo no >&2; exit 1")))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("it did not get ready; the server ended with exit status 1 and said last: no");
    }
}
