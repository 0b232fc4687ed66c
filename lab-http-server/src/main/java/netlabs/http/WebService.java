package netlabs.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;

/**
 * What a thread does with one client, from accept to close: receive a request, find the file, send it. With
 * {@code --model iterative} that is all; with the other models the connection stays open for the next
 * request (RFC 9112 §9.3).
 */
final class WebService implements BlockingAcceptor.Service {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** How long a client may pause in what it still sends behind the last answer. */
    private static final int LINGER_MILLIS = 1_000;

    private final WebOptions options;
    private final Origin origin;
    private final AccessLog log;

    WebService(WebOptions options, Origin origin, AccessLog log) {
        this.options = options;
        this.origin = origin;
        this.log = log;
    }

    @Override
    public byte[] refusal(int maxClients) {
        return WebServer.refusal(maxClients);
    }

    @Override
    public int requestMillis() {
        return options.requestMillis();
    }

    @Override
    public void serve(Connection client) throws IOException {
        RequestDecoder requests = new RequestDecoder(WebOptions.MAX_BODY);
        ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();
        ByteBuffer out = ByteBuffer.allocate(2 * BUFFER_BYTES);
        boolean again = true;
        try {
            client.receiveWithin(options.requestMillis());
            while (again && receive(client, in, requests)) {
                Request request = requests.request();
                Answer answer = origin.answer(request);
                again = request.keepsAlive() && !requests.isClosed() && !options.closesAtOnce();
                send(client, answer, !again, request.isHttp11(), log.isOn() ? request.line() : "", out);
            }
        } catch (RefusedException e) {
            send(client, Origin.error(e), true, true, requests.line(), out);
            again = false;
        }
        if (!again && (in.hasRemaining() || requests.isClosed() || client.available() > 0)) {
            client.finish(LINGER_MILLIS);
        }
    }

    /**
     * Receives until a request is complete.
     *
     * @return false if there will be none: the client has closed, or sends nothing any more
     */
    private boolean receive(Connection client, ByteBuffer in, RequestDecoder requests)
            throws IOException, RefusedException {
        while (!requests.next(in)) {
            if (requests.isContinueDue()) {
                client.send(CONTINUE);
            }
            boolean wasInside = requests.isInside();
            try {
                int count = client.receive(in.clear());
                in.flip();
                if (count < 0) {
                    in.limit(0);
                    if (wasInside && !client.isCutShort()) {
                        throw RefusedException.badRequest("the request ends in the middle");
                    }
                    return false;
                }
            } catch (SocketTimeoutException e) {
                in.limit(0);
                if (wasInside) {
                    throw RefusedException.timeout();
                }
                return false;
            }
            if (!wasInside) {
                client.receiveWithin(options.requestMillis());
            }
        }
        client.receiveWithin(0);
        return true;
    }

    private void send(Connection client, Answer answer, boolean close, boolean isHttp11, String line, ByteBuffer out)
            throws IOException {
        try (Outgoing outgoing = new Outgoing(answer, close, isHttp11)) {
            try {
                outgoing.send(client, answer.room() <= out.capacity() ? out : ByteBuffer.allocate(answer.room()));
            } catch (IOException e) {
                reset(client, e);
                throw e;
            } finally {
                log.answered(client.peer(), line, answer.status(), outgoing.sent());
            }
        }
    }

    /** What was sent must not look complete. */
    private static void reset(Connection client, IOException fault) {
        try {
            client.resetOnClose();
        } catch (IOException e) {
            fault.addSuppressed(e); // it is closed: the watchdog has done it
        }
    }
}
