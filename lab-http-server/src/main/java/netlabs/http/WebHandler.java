package netlabs.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import netlabs.common.net.Ending;
import netlabs.common.net.EventConnection;
import netlabs.common.net.EventHandler;
import netlabs.common.net.UnfinishedBytes;

/**
 * What an event loop does with one client: the same as {@link WebService}, cut where that would block.
 *
 * <pre>
 *                 received: request complete            the socket takes no more
 *   RECEIVING ────────────────────────────► ANSWERING ─────────────────────────► SENDING
 *       ▲                                       │  ▲                                │
 *       │      all of it is handed over,        │  │  writable: the rest            │
 *       │      and no request waits             │  └────────────────────────────────┘
 *       └───────────────────────────────────────┘
 * </pre>
 *
 * Requests that have come behind the one that is being answered wait in {@code waiting}; until they are
 * answered nothing more is received. What is answered during one event leaves in one write.
 */
final class WebHandler implements EventHandler {
    /** Makes the handler of each client. */
    static final class Factory implements EventHandler.Factory {
        private final WebOptions options;
        private final Origin origin;
        private final AccessLog log;
        private final UnfinishedBytes memory = UnfinishedBytes.ofHeap();

        Factory(WebOptions options, Origin origin, AccessLog log) {
            this.options = options;
            this.origin = origin;
            this.log = log;
        }

        @Override
        public EventHandler accepted(EventConnection client) {
            return new WebHandler(client, this);
        }

        @Override
        public byte[] refusal(int maxClients) {
            return WebServer.refusal(maxClients);
        }

        @Override
        public int deadlineMillis() {
            return options.requestMillis();
        }
    }

    /** Then others have their turn: an answer may be dear, and a burst of requests brings hundreds. */
    private static final int MOST_IN_A_TURN = 16;

    /** A client that takes fewer of an answer's bytes within the idle timeout is cut off. */
    private static final int LEAST_TAKEN = 64 * 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventConnection client;
    private final long idleNanos;
    private final Origin origin;
    private final AccessLog log;
    private final RequestDecoder requests;

    private final Outgoing outgoing = new Outgoing();

    /** What has come behind the request that is being answered; null: nothing. */
    private ByteBuffer waiting;

    /** Whether the connection is closed behind the answer that is on its way. */
    private boolean close;

    /** {@link EventConnection#written} when the client was last found not to be too slow. */
    private long writtenBefore;

    /** {@link System#nanoTime} of that. */
    private long writingSince;

    private WebHandler(EventConnection client, Factory server) {
        this.client = client;
        this.idleNanos = server.options.server().idleTimeoutMillis() * NANOS_PER_MILLI;
        this.origin = server.origin;
        this.log = server.log;
        this.requests = new RequestDecoder(WebOptions.MAX_BODY, server.memory);
        client.startDeadline();
    }

    @Override
    public void received(ByteBuffer bytes) throws IOException {
        answerAll(bytes);
    }

    @Override
    public void writable() throws IOException {
        if (outgoing.isUnderWay() && !sendOn()) {
            return;
        }
        if (close) {
            client.finish();
        } else if (waiting != null) {
            ByteBuffer bytes = waiting;
            waiting = null;
            answerAll(bytes);
        }
    }

    /** Answers what is complete, and keeps what comes behind an answer that does not fit. */
    private void answerAll(ByteBuffer bytes) throws IOException {
        try {
            for (int i = 0; requests.next(bytes); i++) {
                client.cancelDeadline(); // that was for this request
                Request request = requests.request();
                answer(origin.answer(request), !request.keepsAlive() || requests.isClosed(), request.isHttp11());
                if (outgoing.isUnderWay() || close || i == MOST_IN_A_TURN && bytes.hasRemaining()) {
                    keep(bytes);
                    return;
                }
            }
            if (requests.isContinueDue()) {
                client.send(ByteBuffer.wrap(Answer.CONTINUE), Ending.NONE);
            }
        } catch (RefusedException e) {
            refuse(e);
            return;
        }
        if (requests.isInside() && !client.hasDeadline()) {
            client.startDeadline();
        }
    }

    private void keep(ByteBuffer bytes) {
        if (bytes.hasRemaining() && !close) {
            waiting = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    private void answer(Answer answer, boolean closes, boolean isHttp11) throws IOException {
        close = closes;
        if (answer.body() instanceof Body.Small small && client.hasRoom(answer.room())) {
            answer.putHead(client.out(), close, isHttp11);
            answered(answer, small.length());
        } else {
            outgoing.begin(answer, close, isHttp11);
            if (!sendOn()) {
                watchReader();
                client.startDeadline();
                return;
            }
        }
        if (close) {
            client.finish();
        }
    }

    private void refuse(RefusedException e) throws IOException {
        answer(Origin.refusal(e, requests), true, true);
    }

    private boolean sendOn() throws IOException {
        if (!outgoing.sendOn(client)) {
            return false;
        }
        endOutgoing();
        return true;
    }

    private void endOutgoing() {
        client.cancelDeadline();
        answered(outgoing.answer(), outgoing.sent());
        outgoing.close();
    }

    private void answered(Answer answer, long sent) {
        if (log.isOn()) {
            log.answered(client.peer(), requests.line(), answer.status(), sent);
        }
    }

    private void watchReader() {
        writtenBefore = client.written();
        writingSince = System.nanoTime();
    }

    /**
     * A live client may take nothing for many seconds: its kernel had room for megabytes, and asks for more
     * when it has read most of them. So a reader has the idle timeout, and a sender the time of a request.
     */
    @Override
    public void deadlineIsOver() throws IOException {
        if (outgoing.isUnderWay()) {
            if (idleNanos > 0 && System.nanoTime() - writingSince >= idleNanos) {
                long taken = client.written() - writtenBefore;
                if (taken < LEAST_TAKEN) {
                    throw new SocketTimeoutException("took only " + taken + " bytes for too long (idle timeout)");
                }
                watchReader();
            }
            client.startDeadline();
        } else if (requests.isInside()) {
            refuse(RefusedException.timeout());
        } else {
            client.finish(); // it has connected and asked for nothing: browsers do, to be ready
        }
    }

    @Override
    public void idle() throws IOException {
        if (requests.isInside()) {
            refuse(RefusedException.timeout());
        } else {
            client.finish();
        }
    }

    @Override
    public boolean isSending() {
        return outgoing.isUnderWay() || waiting != null;
    }

    @Override
    public boolean awaitsQuiet() {
        return false;
    }

    @Override
    public void quiet() {}

    @Override
    public void ended() throws IOException {
        if (requests.isInside()) {
            refuse(RefusedException.badRequest("the request ends in the middle"));
        }
    }

    @Override
    public void closed() {
        requests.discard();
        if (outgoing.isUnderWay()) {
            endOutgoing();
        }
    }
}
