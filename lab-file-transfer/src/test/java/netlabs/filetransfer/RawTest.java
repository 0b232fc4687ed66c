package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;
import netlabs.filetransfer.TestServer.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes until the end of the stream, in both directions, against a peer that is driven by hand. */
@Timeout(60)
class RawTest {
    private static final byte[] FILE = new byte[700_001];

    static {
        new Random(6).nextBytes(FILE);
    }

    @TempDir
    private Path temp;

    private Path dir;
    private Path file;
    private final TestConsole console = new TestConsole();

    @BeforeEach
    void makeFiles() throws IOException {
        dir = Files.createDirectory(temp.resolve("dir"));
        file = Files.write(temp.resolve("file"), FILE);
    }

    private TestServer storing(Limits limits) {
        return TestServer.rawStoring(dir, "out", Long.MAX_VALUE, limits);
    }

    private static void awaitSize(Path file, long size) throws IOException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file) || Files.size(file) < size) {
            assertThat(System.nanoTime())
                    .as("the bytes that were sent are there")
                    .isLessThan(deadline);
            Thread.yield();
        }
    }

    private FutureTask<Integer> client(ServerSocket listener, String... arguments) {
        String[] all = Arrays.copyOf(
                new String[] {"client", "--raw", "--port", "" + listener.getLocalPort()}, 4 + arguments.length);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        FutureTask<Integer> task =
                new FutureTask<>(() -> FileTransferLab.program().run(all, console.console()));
        Thread thread = new Thread(task, "client");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(20_000);
        return listener;
    }

    private void assertFails(FutureTask<Integer> client, String message) throws Exception {
        assertThat(client.get(20, TimeUnit.SECONDS)).as(console.err()).isEqualTo(1);
        assertThat(console.err()).contains(message).hasLineCount(1).doesNotContain("internal error");
        assertThat(TestServer.names(dir)).doesNotContain("out", Folder.unfinishedName("out"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 700_001})
    void theServerStoresWhatCame(int size) throws Exception {
        try (TestServer server = storing(Limits.NONE);
                TransferPeer client = server.connect()) {
            client.send(Arrays.copyOf(FILE, size)).halfClose().expectEnd();
            server.assertStored("out", Arrays.copyOf(FILE, size));
            server.console().awaitOut("Received out: " + size + " bytes, SHA-256 ");
            assertThat(server.console().out()).contains("Receiving out from ('127.0.0.1', ");
        }
    }

    @Test
    void aStreamThatIsResetIsNoFile() throws Exception {
        try (TestServer server = storing(Limits.NONE)) {
            TransferPeer client = server.connect();
            client.send(FILE);
            awaitSize(server.unfinished("out"), FILE.length);
            String tuple = client.tuple();
            client.reset();
            server.console().awaitErr("error: client " + tuple + " reset the connection\n");
            server.stop();
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void aStreamThatStallsIsNoFile() throws Exception {
        try (TestServer server = storing(new Limits(100, false, 200));
                TransferPeer client = server.connect()) {
            client.send(FILE).expectReset();
            server.console().awaitErr("sent nothing for too long (idle timeout)\n");
            server.stop();
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void aStreamThatTheServersEndCutsIsNoFile() throws Exception {
        try (TestServer server = storing(Limits.NONE);
                TransferPeer client = server.connect()) {
            client.send(FILE);
            awaitSize(server.unfinished("out"), FILE.length);
            server.stop();
            client.expectReset();
            assertThat(server.names()).isEmpty();
            assertThat(server.console().err())
                    .contains("file that had no end when this program ended, after 700001 bytes\n");
        }
    }

    @Test
    void whatExistsIsKept() throws Exception {
        Files.writeString(dir.resolve("out"), "mine");
        try (TestServer server = storing(Limits.NONE)) {
            server.expectResetAtOnce();
            server.console().awaitErr(": out refused: it exists already");
            assertThat(dir.resolve("out")).hasContent("mine");
        }
    }

    @Test
    void oneAtATimeAndTheFirstStays() throws Exception {
        try (TestServer server = storing(Limits.NONE);
                TransferPeer first = server.connect()) {
            first.send(Arrays.copyOf(FILE, 1000));
            awaitSize(server.unfinished("out"), 1000);
            server.expectResetAtOnce();
            server.console().awaitErr(": out refused: another client is sending it\n");
            first.send(Arrays.copyOfRange(FILE, 1000, FILE.length)).halfClose().expectEnd();
            server.assertStored("out", FILE);
        }
    }

    @Test
    void moreThanIsTaken() throws Exception {
        try (TestServer server = TestServer.rawStoring(dir, "out", 1000, Limits.NONE);
                TransferPeer client = server.connect()) {
            client.send(new byte[1001]).expectReset();
            server.console().awaitErr(": out refused: it has more than the 1000 bytes of --max-size\n");
            server.stop();
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void onceWithAFileThatWasRefusedHasFailed() throws Exception {
        Files.writeString(dir.resolve("out"), "mine");
        try (TestServer server = storing(new Limits(100, true, 0))) {
            server.expectResetAtOnce();
            assertThatThrownBy(server::await)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("out refused: it exists already");
        }
    }

    @Test
    void theServerSendsToEach() throws Exception {
        try (TestServer server = TestServer.rawSending(file, true, Limits.NONE);
                TransferPeer first = server.connect();
                TransferPeer second = server.connect()) {
            assertThat(first.receive(1000)).isEqualTo(Arrays.copyOf(FILE, 1000));
            assertThat(second.receive(FILE.length)).isEqualTo(FILE);
            second.expectEnd();
            first.receive(FILE.length - 1000);
            first.expectEnd();
            server.console().awaitOut("Sent file: 700001 bytes, SHA-256 ");
        }
    }

    @Test
    void aClientThatGoesAwayIsReportedAndTheNextIsServed() throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (TestServer server = TestServer.rawSending(file, true, Limits.NONE)) {
            TransferPeer client = server.connect();
            client.receive(10);
            String tuple = client.tuple();
            client.reset();
            server.console().awaitErr("error: client " + tuple + " ");
            try (TransferPeer other = server.connect()) {
                other.receive(64 << 20);
                other.expectEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatTakesNothingIsDisconnected(boolean digest) throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (TestServer server = TestServer.rawSending(file, digest, new Limits(100, false, 300));
                TransferPeer client = server.connect()) {
            server.console()
                    .awaitErr("error: client " + client.tuple() + " took nothing for too long (idle timeout)\n");
        }
    }

    /** A FIN would be the end of the file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatEndsInTheMiddleResets(boolean digest) throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (TestServer server = TestServer.rawSending(file, digest, Limits.NONE);
                TransferPeer client = server.connect()) {
            client.receive(10);
            server.stop(); // waits for the client, in vain
            client.expectResetAfterWhatCame();
        }
    }

    @Test
    void aClientTooManyIsReset() throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (TestServer server = TestServer.rawSending(file, true, new Limits(1, false, 0));
                TransferPeer first = server.connect()) {
            first.receive(10);
            server.expectResetAtOnce();
        }
    }

    /** It may come back; the clients that are being served need not suffer. */
    @Test
    void aFileThatIsGoneDoesNotEndTheServer() throws Exception {
        try (TestServer server = TestServer.rawSending(file, true, Limits.NONE)) {
            Files.delete(file);
            try (TransferPeer client = server.connect()) {
                client.expectReset();
            } catch (SocketException e) {
                assertThat(e).as("so soon that connect sees it").hasMessageContaining("reset");
            }
            server.console().awaitErr("cannot send " + file + ": no such file or directory\n");
            Files.write(file, FILE);
            try (TransferPeer client = server.connect()) {
                assertThat(client.receive(FILE.length)).isEqualTo(FILE);
                client.expectEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theClientSends(boolean digest) throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client =
                    digest ? client(listener, file.toString()) : client(listener, "--no-digest", file.toString());
            try (TransferPeer server = TransferPeer.of(listener.accept())) {
                assertThat(server.receive(FILE.length)).isEqualTo(FILE);
                server.expectEnd();
            }
            assertThat(client.get(20, TimeUnit.SECONDS)).as(console.err()).isZero();
            assertThat(console.out()).contains("Sent file: 700001 bytes, ");
            assertThat(console.out().contains("SHA-256")).isEqualTo(digest);
            assertThat(console.err()).isEmpty();
        }
    }

    @Test
    void theClientIsReset() throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client = client(listener, file.toString());
            TransferPeer server = TransferPeer.of(listener.accept());
            server.receive(100);
            server.reset();
            assertFails(client, "error: 127.0.0.1:" + listener.getLocalPort() + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyTakesWhatTheClientSends(boolean digest) throws Exception {
        Files.write(file, new byte[64 << 20]);
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client = digest
                    ? client(listener, "--timeout", "300ms", file.toString())
                    : client(listener, "--timeout", "300ms", "--no-digest", file.toString());
            try (TransferPeer server = TransferPeer.of(listener.accept())) {
                server.receive(1);
                assertFails(client, "127.0.0.1:" + listener.getLocalPort() + " was silent for 300 ms");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 700_001})
    void theClientReceives(int size) throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client =
                    client(listener, "--output", dir.resolve("out").toString());
            try (TransferPeer server = TransferPeer.of(listener.accept())) {
                server.send(Arrays.copyOf(FILE, size)).halfClose().expectEnd();
            }
            assertThat(client.get(20, TimeUnit.SECONDS)).as(console.err()).isZero();
            assertThat(dir.resolve("out")).hasBinaryContent(Arrays.copyOf(FILE, size));
            assertThat(TestServer.names(dir)).containsExactly("out");
        }
    }

    @Test
    void theClientReceivesAReset() throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client =
                    client(listener, "--output", dir.resolve("out").toString());
            TransferPeer server = TransferPeer.of(listener.accept());
            server.send(FILE);
            awaitSize(dir.resolve(Folder.unfinishedName("out")), FILE.length);
            server.reset();
            assertFails(client, "error: 127.0.0.1:" + listener.getLocalPort() + " reset the connection\n");
        }
    }

    @Test
    void theClientReceivesNothingForTooLong() throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client = client(
                    listener,
                    "--timeout",
                    "200ms",
                    "--output",
                    dir.resolve("out").toString());
            try (TransferPeer server = TransferPeer.of(listener.accept())) {
                server.send(FILE);
                assertFails(client, "error: 127.0.0.1:" + listener.getLocalPort() + " was silent for 200 ms\n");
            }
        }
    }

    @Test
    void theClientKeepsWhatExists() throws Exception {
        Files.writeString(dir.resolve("mine"), "mine");
        try (ServerSocket listener = listen()) {
            FutureTask<Integer> client =
                    client(listener, "--output", dir.resolve("mine").toString());
            assertFails(
                    client, "error: cannot store mine: it exists already (--overwrite replaces it)"); // not connected
            assertThat(dir.resolve("mine")).hasContent("mine");
        }
    }
}
