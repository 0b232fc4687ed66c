package netlabs.filetransfer;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.console.Console;
import netlabs.common.net.Connection;
import netlabs.common.net.Connector;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.SocketErrors;
import netlabs.common.net.Watchdog;

/** The client's side of {@code --raw}: socket, connect; send a file or receive one; half-close, close. */
final class RawClient {
    /** How long the server may take to close when it has everything; it need not. */
    private static final int QUIET_MILLIS = 1_000;

    /** How long a Ctrl-C waits for the disk. */
    private static final int STOP_MILLIS = 2_000;

    private final FileTransferClient.Options options;
    private final Console console;
    private volatile Connection server;

    RawClient(FileTransferClient.Options options, Console console) {
        this.options = options;
        this.console = console;
    }

    /**
     * @throws LabException if the server cannot be reached or goes away, or the file cannot be read
     */
    void send(RawSender sender) {
        talk(server -> {
            sender.send(server, (name, size) -> ProgressDisplay.of(console, name, 0, size));
            server.halfClose();
            checkNotRefused(server);
            server.finish(QUIET_MILLIS);
        });
    }

    /** A server without {@code --raw} says so, in its own way. */
    private void checkNotRefused(Connection server) throws IOException {
        try {
            Answer answer = new HeaderReader(server, QUIET_MILLIS).answer();
            if (answer != null) {
                throw new LabException(options.server() + " is run without --raw, and says: " + answer.text());
            }
        } catch (MalformedMessageException | SocketTimeoutException e) {
            return; // whatever it says, or does not: raw has no answers
        }
    }

    /**
     * @throws LabException if the server cannot be reached or goes away, or the file cannot be stored
     */
    void receive(RawReceiver receiver) {
        try {
            receiver.checkDestination(); // before a server sends for nothing
        } catch (RefusedException e) {
            throw cannotStore(receiver, e);
        }
        talk(server -> {
            CountDownLatch ended = new CountDownLatch(1);
            ShutdownHook hook = ShutdownHook.closing(() -> stop(server, ended), console.err());
            try (Progress progress = ProgressDisplay.of(console, receiver.name(), 0, -1)) {
                receiver.receive(server, progress);
            } catch (RefusedException e) {
                throw cannotStore(receiver, e);
            } finally {
                ended.countDown();
                hook.remove();
            }
        });
    }

    /** Ctrl-C: lets {@link #receive} find the end of the stream, and delete what it has. */
    private static void stop(Connection server, CountDownLatch ended) throws IOException, InterruptedException {
        server.stop();
        ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Breaks off what is being sent or received, with a RST: it is not whole. Any thread. */
    void abort() throws IOException {
        Connection open = server;
        if (open != null) {
            open.abort(FileTransferClient.ABORTED);
        }
    }

    private static LabException cannotStore(RawReceiver receiver, RefusedException e) {
        return new LabException("cannot store " + receiver.name() + ": " + e.getMessage(), e);
    }

    private interface Talk {
        void with(Connection server) throws IOException;
    }

    private void talk(Talk talk) {
        try (Socket socket = Connector.connect(options.host(), options.port(), options.timeoutMillis(), () -> {})) {
            Connection server = new Connection(socket);
            this.server = server;
            Watchdog watchdog = Watchdog.start(options.timeoutMillis(), () -> List.of(server), console.err());
            try {
                talk.with(server);
            } finally {
                watchdog.close();
            }
        } catch (SocketTimeoutException e) {
            throw new LabException(options.silence(), e);
        } catch (IOException e) {
            throw new LabException(options.server() + " " + SocketErrors.peerFault(e), e);
        }
    }
}
