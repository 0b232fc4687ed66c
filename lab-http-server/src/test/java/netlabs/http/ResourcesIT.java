package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What there is too little of: descriptors, memory. Some clients lose by it, and the server goes on. */
@Timeout(120)
class ResourcesIT {
    @TempDir
    private Path root;

    @BeforeEach
    void site() throws IOException {
        Files.writeString(root.resolve("a.txt"), "A");
    }

    private RunningProgram server(String model, List<String> before, String... javaOptions) throws IOException {
        List<String> command = new ArrayList<>(before);
        List<String> java = LabJar.command("server", "--root", root.toString(), "--port", "0", "--model", model);
        command.add(java.get(0));
        command.addAll(List.of(javaOptions));
        command.addAll(java.subList(1, java.size()));
        return RunningProgram.start(root, command);
    }

    private static HttpPeer connect(RunningProgram server) throws Exception {
        return new HttpPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT)));
    }

    private static void close(List<HttpPeer> clients) throws IOException {
        for (HttpPeer client : clients) {
            client.close();
        }
        clients.clear();
    }

    /** Asks until there is an answer: what was closed has to be found out first. */
    private static void assertServes(RunningProgram server) throws Exception {
        AssertionError fault = null;
        for (int i = 0; i < 20; i++) {
            try (HttpPeer client = connect(server)) {
                HttpPeer.Reply reply = client.get("/a.txt").reply();
                if (reply.status() == 200) {
                    assertThat(reply.text()).isEqualTo("A");
                    return;
                }
            } catch (AssertionError | IOException e) {
                fault = new AssertionError(e.getMessage() + ", of " + server, e);
            }
        }
        throw fault;
    }

    /** No request has been logged before: what the first line needs is there nevertheless. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void descriptorsAreUsedUp(String model) throws Exception {
        List<String> limit = List.of(Peers.require("prlimit"), "--nofile=40:40");
        try (RunningProgram server = server(model, limit)) {
            List<HttpPeer> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                clients.add(connect(server));
            }
            server.awaitError("Too many open files", TIMEOUT);
            HttpPeer.Reply reply = clients.get(0).get("/a.txt").reply();
            assertThat(reply.status()).isIn(503, 200); // if Java has given one back meanwhile
            close(clients);
            assertServes(server);
        }
    }

    /** Each within its limit of 64 KiB, and together more than there is memory. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void halfHeadsOfManyClients(String model) throws Exception {
        String head = "GET /a.txt HTTP/1.1\r\nHost: a\r\n" + ("X: " + "x".repeat(8_000) + "\r\n").repeat(7) + "X: x";
        try (RunningProgram server = server(model, List.of(), "-Xmx64m")) {
            List<HttpPeer> clients = new ArrayList<>();
            for (int i = 0; i < 900; i++) {
                HttpPeer client = connect(server);
                clients.add(client);
                client.send(head);
            }
            assertServes(server);
            close(clients);
            assertServes(server);
        }
    }

    /** Java gives direct buffers as much memory as the heap: hot files are not to have all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void manyHotFilesInLittleMemory(String model) throws Exception {
        byte[] content = new byte[1 << 20];
        for (int i = 0; i < 80; i++) {
            Files.setLastModifiedTime(Files.write(root.resolve(i + ".bin"), content), FileTime.fromMillis(0));
        }
        try (RunningProgram server = server(model, List.of(), "-Xmx64m");
                HttpPeer client = connect(server)) {
            for (int i = 0; i < 160; i++) {
                assertThat(client.get("/" + i % 80 + ".bin").reply().body()).hasSize(content.length);
            }
            assertThat(server.error()).doesNotContain("error");
        }
    }
}
