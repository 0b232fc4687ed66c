package netlabs.udpecho;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code nc -u} at either end. It sends a datagram for each line, the newline included. */
@Timeout(60)
class NetcatIT {
    private static final Pattern BOUND = Pattern.compile("Bound on \\S+ (\\d+)");

    @TempDir
    private Path folder;

    private RunningProgram server(String exercise) throws IOException {
        return LabJar.start(folder, "server", "--exercise", exercise, "--port", "0");
    }

    private RunningProgram netcat(RunningProgram server) throws Exception {
        return Peers.start(folder, "nc", "-u", "127.0.0.1", "" + server.awaitReady(TIMEOUT));
    }

    @Test
    void asAClientOfUpper() throws Exception {
        try (RunningProgram server = server("upper");
                RunningProgram nc = netcat(server)) {
            nc.type("hello\n");
            nc.awaitOutput("HELLO\n", TIMEOUT);
            nc.type("straße\n");
            nc.awaitOutput("HELLO\nSTRASSE\n", TIMEOUT);
            server.awaitOutput("HELLO\\n\nabove message received from ('127.0.0.1', ", TIMEOUT);
        }
    }

    @Test
    void asAClientOfChat() throws Exception {
        try (RunningProgram server = server("chat");
                RunningProgram nc = netcat(server)) {
            nc.type("hi\n");
            server.awaitOutput("Client: hi\\n\nYou (Server): ", TIMEOUT);
            server.type("hello\n");
            nc.awaitOutput("hello", TIMEOUT);
        }
    }

    @Test
    void asAClientOfPrint() throws Exception {
        try (RunningProgram server = server("print");
                RunningProgram nc = netcat(server)) {
            nc.type("hi\n");
            server.awaitOutput(": hi\\n\n", TIMEOUT);
        }
    }

    /** OpenBSD's {@code nc} serves the first client that writes, and picks a port for 0. */
    @Test
    void asTheServerOfAChat() throws Exception {
        List<String> listen = List.of(Peers.require("nc"), "-v", "-u", "-l", "127.0.0.1", "0");
        try (RunningProgram nc = RunningProgram.start(folder, listen)) {
            nc.awaitError("Bound on ", TIMEOUT);
            nc.awaitError("\n", TIMEOUT);
            Matcher bound = BOUND.matcher(nc.error());
            assertThat(bound.find()).as(nc.toString()).isTrue();
            try (RunningProgram client =
                    LabJar.start(folder, "client", "--exercise", "chat", "--port", bound.group(1))) {
                client.type("hi\n");
                nc.awaitOutput("hi", TIMEOUT);
                nc.type("hello\n");
                client.awaitOutput("hello\\n\nreceived from ('127.0.0.1', " + bound.group(1) + ")\n", TIMEOUT);
                client.type("bye\n");
                nc.awaitOutput("hibye", TIMEOUT);
                nc.type("bye\n");
                client.awaitOutput("bye\\n\nreceived from", TIMEOUT);
                client.type("quit\n");
                assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            }
        }
    }
}
