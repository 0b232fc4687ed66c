package netlabs.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.testing.Wire;

/** A server that a test scripts: each connection is a story of its own, told in a thread. */
final class TestOrigin implements AutoCloseable {
    /** What happens on a connection. It is closed behind it. */
    interface Story {
        void tell(Wire client) throws IOException;
    }

    private static final int TIMEOUT_SECONDS = 20;

    private final ServerSocket socket;
    private final FutureTask<Void> stories;

    private TestOrigin(List<Story> stories) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.stories = new FutureTask<>(() -> {
            for (Story story : stories) {
                try (Wire client = Wire.of(socket.accept())) {
                    story.tell(client);
                }
            }
            return null;
        });
        new Thread(this.stories, "test origin").start();
    }

    static TestOrigin of(Story... stories) throws IOException {
        return new TestOrigin(List.of(stories));
    }

    /** Receives the request and sends {@code response}, a byte a character, then closes. */
    static TestOrigin answering(String response) throws IOException {
        return of(client -> {
            readRequest(client);
            client.send(Decoding.bytes(response));
        });
    }

    /** Reads up to the empty line. */
    static String readRequest(Wire client) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append(client.read(4_096));
        }
        return request.toString();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Closes, and throws what a story has thrown. */
    @Override
    public void close() throws IOException {
        try {
            stories.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the server's side: " + e.getCause(), e);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            socket.close();
        }
    }
}
