package netlabs.bench.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.Options;
import org.microhttp.Response;

/**
 * Files by microhttp from memory, as it has no handler of files: all of them are read before the first request. One event loop
 * for all connections; a second thread accepts them. The other settings are microhttp's defaults but the backlog.
 */
public final class MicrohttpFiles {
    private static final List<Header> HEADERS = List.of(new Header("Content-Type", "application/octet-stream"));
    private static final Response NOT_FOUND = new Response(404, "Not Found", List.of(), new byte[0]);

    private MicrohttpFiles() {}

    /** Listens on the port {@code args[0]} and serves the files of the folder {@code args[1]} until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        InetSocketAddress address = Peer.address(args);
        Options options = Options.builder()
                .withHost(address.getAddress().getHostAddress())
                .withPort(address.getPort())
                .withAcceptLength(Peer.BACKLOG)
                .withConcurrency(1)
                .build();
        Map<String, Response> files = read(Path.of(args[1]));
        EventLoop loop = new EventLoop(
                options,
                NoopLogger.instance(),
                (request, callback) -> callback.accept(files.getOrDefault(request.uri(), NOT_FOUND)));
        loop.start();
        Peer.ready(new InetSocketAddress(address.getAddress(), loop.getPort()));
        loop.join();
    }

    private static Map<String, Response> read(Path root) throws IOException {
        Map<String, Response> responses = new HashMap<>();
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                responses.put("/" + file.getFileName(), new Response(200, "OK", HEADERS, Files.readAllBytes(file)));
            }
        }
        return responses;
    }
}
