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
        new Client(client).serve();
    }

    /** One client, from accept to close. */
    private final class Client {
        private final Connection client;
        private final RequestDecoder requests = new RequestDecoder(WebOptions.MAX_BODY);
        private final Outgoing outgoing = new Outgoing();
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();
        private final ByteBuffer out = ByteBuffer.allocate(2 * BUFFER_BYTES);

        Client(Connection client) {
            this.client = client;
        }

        void serve() throws IOException {
            boolean again = true;
            try {
                client.receiveWithin(options.requestMillis());
                while (again && receive()) {
                    Request request = requests.request();
                    Answer answer = origin.answer(request);
                    again = request.keepsAlive() && !requests.isClosed() && !options.closesAtOnce();
                    send(answer, !again, request.isHttp11());
                }
            } catch (RefusedException e) {
                again = false;
                send(Origin.refusal(e, requests), true, true);
            }
            if (!again && (in.hasRemaining() || requests.isClosed() || client.available() > 0)) {
                client.finish(LINGER_MILLIS); // a close that meets unread bytes would destroy the answer
            }
        }

        /**
         * Receives until a request is complete.
         *
         * @return false if there will be none: the client has closed, or sends nothing any more
         */
        private boolean receive() throws IOException, RefusedException {
            while (!requests.next(in)) {
                if (requests.isContinueDue()) {
                    client.send(CONTINUE);
                }
                boolean wasInside = requests.isInside();
                if (!receiveMore(wasInside)) {
                    return false;
                }
                if (!wasInside) {
                    client.receiveWithin(options.requestMillis());
                }
            }
            client.receiveWithin(0);
            return true;
        }

        private boolean receiveMore(boolean isInside) throws IOException, RefusedException {
            try {
                int count = client.receive(in.clear());
                in.flip();
                if (count < 0 && isInside && !client.isCutShort()) {
                    throw RefusedException.badRequest("the request ends in the middle");
                }
                return count >= 0;
            } catch (SocketTimeoutException e) {
                in.limit(0);
                if (isInside) {
                    throw RefusedException.timeout();
                }
                return false; // it has connected, or stayed, and asked for nothing: browsers do, to be ready
            }
        }

        private void send(Answer answer, boolean close, boolean isHttp11) throws IOException {
            try (outgoing) {
                outgoing.begin(answer, close, isHttp11);
                outgoing.send(client, answer.room() <= out.capacity() ? out : ByteBuffer.allocate(answer.room()));
            } catch (IOException e) {
                reset(e);
                throw e;
            } finally {
                if (log.isOn()) {
                    log.answered(client.peer(), requests.line(), answer.status(), outgoing.sent());
                }
            }
        }

        /** What was sent must not look complete. */
        private void reset(IOException fault) {
            try {
                client.resetOnClose();
            } catch (IOException e) {
                fault.addSuppressed(e); // it is closed: the watchdog has done it
            }
        }
    }
}
