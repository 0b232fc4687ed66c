package netlabs.binary;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.Connection;
import netlabs.common.net.Connector;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.MessageSource;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;

/**
 * The client of both kinds of frames, in the order of its socket calls: socket, connect; for each frame
 * send and, with {@code --echo}, receive the same bytes; half-close; receive the server's end; close. It
 * receives in a second thread, {@link EchoListener}.
 */
final class BinaryClient implements Closeable {
    /**
     * @param host name or address of the server
     * @param timeoutMillis for the connection, each echo, and the server's end; at least 1
     * @param codec the kind of frames
     * @param maxSize the longest message that is sent, in bytes
     * @param echo whether the server sends every frame back
     * @param firstOrder the order of the first frame
     * @param prefix begins each line of the transcript; empty unless a server prints in the same process
     */
    record Options(
            String host,
            int port,
            int timeoutMillis,
            FrameCodec codec,
            long maxSize,
            boolean echo,
            long firstOrder,
            String prefix) {
        String server() {
            return SocketAddresses.colon(host, port);
        }
    }

    private final Options options;
    private volatile Socket socket;
    private final FrameLog sent;
    private final FrameLog received;

    /**
     * @param console its transcript is written; its keyboard is not touched
     */
    BinaryClient(Options options, Console console) {
        this.options = options;
        StreamWarnings warnings = new StreamWarnings(options.server(), console.err());
        this.sent = new FrameLog(FrameLog.Side.SENT, options.prefix(), console.out(), warnings);
        this.received = new FrameLog(FrameLog.Side.RECEIVED, options.prefix(), console.out(), warnings);
    }

    /**
     * Sends every message of {@code messages}.
     *
     * @throws LabException if the server cannot be reached, goes away, stays silent or sends something
     *     else than the echo
     */
    void run(MessageSource messages) throws InterruptedException {
        try (Socket socket = Connector.connect(options.host(), options.port(), options.timeoutMillis(), () -> {})) {
            this.socket = socket;
            Connection server = new Connection(socket);
            EchoListener listener = EchoListener.start(server, options);
            send(messages, server, listener);
            listener.expectEnd();
            socket.shutdownOutput();
            listener.awaitEnd();
        } catch (IOException e) {
            throw new LabException(options.server() + " " + SocketErrors.peerFault(e), e);
        }
    }

    /** Says to the server that there will be no more; any thread. */
    @Override
    public void close() throws IOException {
        Socket open = socket;
        if (open != null && !open.isClosed()) {
            open.shutdownOutput();
        }
    }

    private void send(MessageSource messages, Connection server, EchoListener listener)
            throws InterruptedException, MalformedMessageException {
        long order = options.firstOrder();
        byte[] message;
        while ((message = messages.next()) != null) {
            if (message.length > options.maxSize()) {
                throw new LabException(
                        "a message of " + message.length + " bytes is longer than --max-size " + options.maxSize());
            }
            for (ByteBuffer frame : options.codec().encode(order, message)) {
                exchange(frame, server, listener);
                order++;
            }
        }
    }

    private void exchange(ByteBuffer bytes, Connection server, EchoListener listener)
            throws InterruptedException, MalformedMessageException {
        Frame frame = (Frame) options.codec().decode(bytes, options.maxSize());
        listener.check();
        sent.frame(frame, bytes);
        if (options.echo()) {
            listener.expect(bytes);
        }
        try {
            server.send(bytes.array());
        } catch (IOException e) {
            throw listener.sendFailed(e);
        }
        if (options.echo()) {
            listener.awaitEcho();
            received.frame(frame, bytes); // what came back is these very bytes
        }
    }
}
