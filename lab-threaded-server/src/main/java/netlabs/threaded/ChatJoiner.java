package netlabs.threaded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.net.Connection;
import netlabs.common.net.Connector;
import netlabs.common.net.MessageReader;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;

/**
 * The connecting side of the chat: what {@code nc host port} is in the exercise. One thread
 * receives, the other sends; neither waits for the other.
 *
 * <pre>
 *   main      socket, connect; recv, print, recv, print, ... until the listener closes; close
 *   keyboard  type, send, type, send, ...; at the end of the input shutdown(SHUT_WR)
 * </pre>
 */
final class ChatJoiner implements AutoCloseable {
    /**
     * @param host name or address of the listener
     * @param port its port
     * @param timeoutMillis for the connection, at least 1
     */
    record Options(String host, int port, int timeoutMillis) {
        String listener() {
            return SocketAddresses.colon(host, port);
        }
    }

    /** How long a user who leaves waits for the listener to close. */
    private static final int LEAVE_MILLIS = 1_000;

    /** How long at Ctrl-C what was received may take to be printed. */
    private static final int GRACE_MILLIS = 2_000;

    /** How long the listener may pause in what it is still sending at Ctrl-C. */
    private static final int STOP_QUIET_MILLIS = 50;

    private final Options options;
    private final ChatScreen screen;
    private final Socket socket;
    private final Connection listener;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Whether the thread that sends has ended: all has been said, or nothing can be. */
    private volatile boolean silent;

    private volatile LabException failure;

    private ChatJoiner(Options options, ChatScreen screen, Socket socket) throws IOException {
        this.options = options;
        this.screen = screen;
        this.socket = socket;
        this.listener = new Connection(socket);
    }

    /**
     * Connects.
     *
     * @throws LabException if nobody can be reached there
     */
    static ChatJoiner connect(Options options, ChatScreen screen) {
        Socket socket = Connector.connect(options.host(), options.port(), options.timeoutMillis(), () -> {});
        try {
            return new ChatJoiner(options, screen, socket);
        } catch (IOException e) {
            SocketErrors.closeAfter(e, socket);
            throw SocketErrors.connecting(options.listener(), options.timeoutMillis(), e);
        }
    }

    /**
     * Chats until the listener closes the connection, or the user leaves.
     *
     * @throws LabException if the connection breaks, or the input cannot be read
     */
    void run() {
        Thread keyboard = new Thread("keyboard") {
            @Override
            public void run() {
                sendWhatIsTyped();
            }
        };
        keyboard.setDaemon(true); // nothing ends a read of standard input
        keyboard.start();
        try (socket) {
            receive();
        } catch (IOException e) {
            if (failure == null) {
                throw new LabException(options.listener() + " " + SocketErrors.peerFault(e), e);
            }
        } finally {
            ended.countDown();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void receive() throws IOException {
        MessageReader lines = new MessageReader(listener, ChatLine.HEARD, 0);
        String last = "";
        while (lines.next()) {
            last = lines.text();
            if (!ChatLine.isError(last)) {
                screen.show(last);
            }
        }
        if (ChatLine.isError(last)) {
            throw new LabException(options.listener() + " answered with an error: " + ChatLine.error(last));
        }
        if (listener.isStopping()) {
            if (!socket.isOutputShutdown()) {
                listener.finish(STOP_QUIET_MILLIS);
            }
        } else if (!awaitLastWords()) {
            screen.show(ChatLine.ofListener(SocketAddresses.tuple(listener.peer()) + " ended the chat"));
        }
    }

    /**
     * A listener that has half-closed still hears what is in this side's pipe.
     *
     * @return whether this side has said all it had to say
     */
    private boolean awaitLastWords() throws InterruptedIOException {
        try {
            return screen.awaitInput(() -> silent);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private void sendWhatIsTyped() {
        try {
            for (String line; (line = screen.type()) != null; ) {
                listener.send(ChatLine.onWire(line));
            }
            socket.shutdownOutput();
            if (screen.isInteractive() && !ended.await(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.stop();
            }
        } catch (LabException e) {
            failure = e;
            stop();
        } catch (IOException e) {
            return; // the thread that receives finds out why, and says it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            silent = true;
        }
    }

    /** For Ctrl-C: prints what has been received, and closes the connection in order. */
    @Override
    public void close() {
        stop();
        try {
            if (!ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.abort("was not heard to the end");
            }
        } catch (IOException e) {
            screen.err().error("closing the connection: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        try {
            listener.stop();
        } catch (IOException e) {
            screen.err().error("closing the connection: " + e.getMessage(), e);
        }
    }
}
