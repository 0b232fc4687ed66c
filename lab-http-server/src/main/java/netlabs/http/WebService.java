package netlabs.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.UnfinishedBytes;

/**
 * What a thread does with one client: receive a request, find the file, send it. {@link BlockingAcceptor} accepts
 * before and closes behind it, {@link Outgoing#send} has the calls that send. With {@code --model iterative} that
 * is all; with the other models the connection stays open for the next request (RFC 9112 §9.3).
 */
final class WebService implements BlockingAcceptor.Service {
    /** Of each client: a request or a few, and a head with a small body. */
    private static final int IN_BYTES = 4 * 1024;

    private static final int OUT_BYTES = Body.Small.MOST + 4 * 1024;
    /** How long a client may pause in what it still sends behind the last answer. */
    private static final int LINGER_MILLIS = 1_000;

    private final WebOptions options;
    private final Origin origin;
    private final AccessLog log;
    private final UnfinishedBytes memory = UnfinishedBytes.ofHeap();

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
        private final RequestDecoder requests = new RequestDecoder(WebOptions.MAX_BODY, memory);
        private final Outgoing outgoing = new Outgoing();
        private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES).flip();
        private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);

        private boolean isFirst = true;

        /** Whether the time limit of a request runs. */
        private boolean isLimited;

        Client(Connection client) {
            this.client = client;
        }

        void serve() throws IOException {
            boolean again = true;
            try {
                while (again && receive()) {
                    Request request = requests.request();
                    Answer answer = origin.answer(request);
                    again = request.keepsAlive() && !requests.isClosed() && !options.closesAtOnce();
                    send(answer, !again, request.isHttp11());
                }
            } catch (RefusedException e) {
                again = false;
                send(Origin.refusal(e, requests), true, true);
            } finally {
                requests.discard();
            }
            if (!again) {
                client.finish(LINGER_MILLIS); // to close with bytes unread, or to come, would destroy the answer
            }
        }

        /**
         * Receives until a request is complete. All of it has to come within a time limit, that runs from its first
         * byte; for the first request, from accept.
         *
         * @return false if there will be none: the client has closed, or sends nothing any more
         */
        private boolean receive() throws IOException, RefusedException {
            while (!requests.next(in)) {
                if (requests.isContinueDue()) {
                    client.send(Answer.CONTINUE);
                }
                if (!isLimited && (isFirst || requests.isInside())) {
                    limit(options.requestMillis());
                }
                if (!receiveMore()) {
                    return false;
                }
            }
            isFirst = false;
            limit(0);
            return true;
        }

        private void limit(int millis) {
            isLimited = millis > 0;
            client.receiveWithin(millis);
        }

        private boolean receiveMore() throws IOException, RefusedException {
            boolean isInside = requests.isInside();
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
