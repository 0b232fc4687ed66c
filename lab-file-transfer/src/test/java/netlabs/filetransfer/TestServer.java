package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;

/** A server in this process, on a free port, and the folder that it stores in. */
final class TestServer implements AutoCloseable {
    /** The limits of a server; what a test does not speak of is generous. */
    record Limits(int maxClients, boolean once, int idleTimeoutMillis) {
        static final Limits NONE = new Limits(100, false, 0);
    }

    private final TestConsole console = new TestConsole();
    private final Path dir;
    private final FileTransferServer server;

    private TestServer(Path dir, Limits limits, Services services) {
        this.dir = dir;
        ServerOptions options = new ServerOptions(
                InetAddress.getLoopbackAddress(),
                0,
                limits.maxClients(),
                limits.once(),
                limits.idleTimeoutMillis(),
                false);
        server = new FileTransferServer(options, services.of(console), console.console());
        server.start();
    }

    private interface Services {
        BlockingAcceptor.Service of(TestConsole console);
    }

    /** One that stores by the protocol. */
    static TestServer storing(Path dir) {
        return storing(dir, false, Long.MAX_VALUE, Limits.NONE);
    }

    static TestServer storing(Path dir, Limits limits) {
        return storing(dir, false, Long.MAX_VALUE, limits);
    }

    static TestServer storing(Path dir, boolean overwrite, long maxSize, Limits limits) {
        Folder folder = Folder.open(dir, overwrite, maxSize);
        return new TestServer(
                dir,
                limits,
                console -> new Storing(
                        folder, limits.once(), new TransferTranscript(console.console(), false), console.console()));
    }

    /** One that stores what comes until the end of the stream. */
    static TestServer rawStoring(Path dir, String name, long maxSize, Limits limits) {
        Folder folder = Folder.open(dir, false, maxSize);
        return new TestServer(
                dir,
                limits,
                console -> new RawStoring(
                        new RawReceiver(
                                name,
                                () -> folder.begin(name, -1, false),
                                true,
                                new TransferTranscript(console.console(), false)),
                        limits.once(),
                        console.console()));
    }

    /** One that sends {@code file} to each client. */
    static TestServer rawSending(Path file, boolean digest, Limits limits) {
        return new TestServer(
                file.getParent(),
                limits,
                console ->
                        new RawSending(new RawSender(file, digest, new TransferTranscript(console.console(), false))));
    }

    InetSocketAddress address() {
        return server.address();
    }

    String port() {
        return Integer.toString(address().getPort());
    }

    TransferPeer connect() throws IOException {
        return TransferPeer.connect(address());
    }

    /** Connects, and expects to be reset at once: perhaps so soon that the connecting sees it. */
    void expectResetAtOnce() throws IOException {
        try (TransferPeer client = connect()) {
            client.expectReset();
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    TestConsole console() {
        return console;
    }

    void await() throws InterruptedException {
        server.await();
    }

    /** All names in the folder, those of unfinished files among them. */
    List<String> names() throws IOException {
        return names(dir);
    }

    static List<String> names(Path dir) throws IOException {
        try (Stream<Path> list = Files.list(dir)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    void assertStored(String name, byte[] bytes) throws IOException {
        assertThat(Files.readAllBytes(dir.resolve(name))).isEqualTo(bytes);
        assertThat(names()).contains(name).doesNotContain(Folder.unfinishedName(name));
    }

    /** Where the part of {@code name} is that has come. */
    Path unfinished(String name) {
        return dir.resolve(Folder.unfinishedName(name));
    }

    /** Ends it, which waits for the clients' threads: afterwards everything has been said and stored. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        stop();
    }
}
