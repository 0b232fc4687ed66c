package netlabs.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;
import netlabs.common.testing.TestConsole;

/** A server on a free port of the loopback, and what it prints. */
final class TestServer implements AutoCloseable {
    final TestConsole console = new TestConsole();
    private final WebServer server;

    TestServer(String model, Path root) {
        this(model, root, 10_000, 10_000, 100);
    }

    TestServer(String model, Path root, int requestMillis, int idleMillis, int maxClients) {
        ServerOptions where =
                new ServerOptions(InetAddress.getLoopbackAddress(), 0, maxClients, false, idleMillis, false);
        int loops = model.equals("selectors") ? 3 : 1;
        server = new WebServer(
                new WebOptions(where, threads(model), loops, true, requestMillis), root, console.console());
        server.start();
    }

    private static ThreadModel threads(String model) {
        return switch (model) {
            case "iterative" -> new ThreadModel.Iterative();
            case "thread" -> new ThreadModel.PerClient();
            case "pool" -> new ThreadModel.Pool(4);
            case "virtual" -> new ThreadModel.Virtual();
            default -> null;
        };
    }

    InetSocketAddress address() {
        return server.address();
    }

    HttpPeer connect() throws IOException {
        return new HttpPeer(server.address());
    }

    boolean awaitClients(int count) throws InterruptedException {
        return server.awaitClients(count, 10_000);
    }

    @Override
    public void close() {
        server.close();
    }
}
