package netlabs.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.Connection;
import netlabs.common.net.Connector;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;

/**
 * Fetches one file over one connection: connect, send the request, receive status line, fields and body until
 * the body's end, close.
 */
final class WebClient implements Closeable {
    /**
     * @param host name or address
     * @param timeoutMillis how long to wait for the connection, and for each receive
     * @param head whether only the head is asked for
     * @param fail whether a status of 400 or more is a failure of the client, and its page is not shown
     */
    record Options(String host, int port, int timeoutMillis, boolean head, boolean fail) {
        String server() {
            return SocketAddresses.colon(host, port);
        }
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int DEFAULT_HTTP_PORT = 80;

    /** A server that sends them without end would keep the client for ever. */
    private static final int MAX_INTERIM = 20;

    /** What a URI cannot have as it is (RFC 3986 §2), of the visible characters. */
    private static final String ENCODED = " \"<>\\^`{|}#";

    private final Options options;
    private final Console console;

    /** Received and not yet taken. */
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();

    private volatile Socket socket;

    WebClient(Options options, Console console) {
        this.options = options;
        this.console = console;
    }

    /**
     * Prints status line, fields and an empty line, and gives the body to {@code body}.
     *
     * @param fileName of a path below the root of the server, with or without a slash in front
     * @throws LabException if it cannot be fetched whole, or with {@link Options#fail} if it is an error
     */
    void fetch(String fileName, BodySink body) {
        String path = path(fileName);
        ResponseHead response;
        try (Socket socket = Connector.connect(options.host(), options.port(), options.timeoutMillis(), () -> {})) {
            this.socket = socket;
            Connection server = new Connection(socket);
            server.send(request(path));
            response = receiveHead(server);
            console.out().line(response.statusLine());
            for (String field : response.fields()) {
                console.out().line(field);
            }
            console.out().line("");
            receiveBody(server, response, isFailure(response) ? BodySink.NOWHERE : body);
        } catch (RefusedException e) {
            throw new LabException("the answer of " + options.server() + " is not understood: " + e.getMessage(), e);
        } catch (SocketTimeoutException e) {
            throw new LabException(
                    "no answer from " + options.server() + " within " + options.timeoutMillis()
                            + " ms - is it serving another client?",
                    e);
        } catch (IOException e) {
            throw new LabException(options.server() + " " + SocketErrors.peerFault(e), e);
        }
        if (isFailure(response)) {
            throw new LabException(options.server() + " answered " + response.statusLine());
        }
    }

    /** Closes the connection, whatever has been received; any thread. */
    @Override
    public void close() throws IOException {
        Socket open = socket;
        if (open != null) {
            open.close();
        }
    }

    private boolean isFailure(ResponseHead response) {
        return options.fail() && response.status() >= 400;
    }

    private byte[] request(String path) {
        String host = options.port() == DEFAULT_HTTP_PORT
                ? SocketAddresses.colon(options.host(), options.port()).replaceAll(":80$", "")
                : options.server();
        return ((options.head() ? "HEAD " : "GET ") + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Encodes what may not stand in a URI, and leaves all else as it is: {@code %20} is sent as typed. */
    private static String path(String fileName) {
        StringBuilder path = new StringBuilder(fileName.startsWith("/") ? "" : "/");
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c <= ' ' || c >= 0x7f || ENCODED.indexOf(c) >= 0) {
                path.append(String.format("%%%02X", (int) c));
            } else {
                path.append(c);
            }
        }
        return path.toString();
    }

    /** The final one: interim ones before it are passed over (RFC 9110 §15.2). */
    private ResponseHead receiveHead(Connection server) throws IOException, RefusedException {
        HeadScanner scanner = new HeadScanner();
        long deadline = System.nanoTime() + options.timeoutMillis() * 1_000_000L; // for all of it, however it drips
        byte[] head = new byte[0];
        int interim = 0;
        while (true) {
            int end = scanner.scan(in);
            int length = (end < 0 ? in.limit() : end) - in.position();
            int used = head.length;
            head = Arrays.copyOf(head, used + length);
            in.get(head, used, length);
            if (end < 0) {
                if (!receive(server, (deadline - System.nanoTime()) / 1_000_000)) {
                    throw new LabException(options.server()
                            + (head.length == 0
                                    ? " closed the connection without an answer"
                                    : " closed the connection in the middle of the head"));
                }
                continue;
            }
            ResponseHead response = ResponseHead.parse(head, head.length);
            if (response.status() == 101) {
                throw RefusedException.badRequest("it switches to another protocol, which nobody asked for");
            }
            if (!response.isInterim()) {
                return response;
            }
            if (++interim > MAX_INTERIM) {
                throw RefusedException.badRequest("more than " + MAX_INTERIM + " interim responses come before it");
            }
            scanner.reset();
            head = new byte[0];
        }
    }

    private void receiveBody(Connection server, ResponseHead response, BodySink body)
            throws IOException, RefusedException {
        switch (response.framing(options.head())) {
            case NO_BODY -> {}
            case LENGTH -> receiveLength(server, response.contentLength(), body);
            case CHUNKED -> receiveChunks(server, body);
            case UNTIL_CLOSE -> {
                do {
                    body.take(in);
                } while (receive(server));
            }
        }
        body.end();
    }

    private void receiveLength(Connection server, long length, BodySink body) throws IOException {
        for (long left = length; left > 0; ) {
            if (!in.hasRemaining() && !receive(server)) {
                throw cutOff((length - left) + " of " + length + " bytes");
            }
            int count = (int) Math.min(left, in.remaining());
            body.take(in, count);
            left -= count;
        }
    }

    private void receiveChunks(Connection server, BodySink body) throws IOException, RefusedException {
        ChunkedDecoder chunks = new ChunkedDecoder();
        while (true) {
            for (int count; (count = chunks.next(in)) > 0; ) {
                body.take(in, count);
            }
            if (chunks.isEnded()) {
                return;
            }
            if (!receive(server)) {
                throw cutOff("a part, before its last chunk");
            }
        }
    }

    private LabException cutOff(String what) {
        return new LabException(options.server() + " closed the connection after " + what + " of the body");
    }

    /**
     * @return false if the server has closed
     */
    private boolean receive(Connection server) throws IOException {
        return receive(server, options.timeoutMillis());
    }

    private boolean receive(Connection server, long waitMillis) throws IOException {
        int count = server.receive(in.array(), (int) Math.max(1, waitMillis));
        in.position(0).limit(Math.max(0, count));
        return count >= 0;
    }
}
