package netlabs.threaded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import netlabs.common.LabException;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.MessageReader;
import netlabs.common.net.MessageTooLongException;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;

/**
 * The listening side of the chat, itself a participant: what {@code nc -l} is in the exercise, for
 * more than one. Its accept loop is {@link BlockingAcceptor} with a thread for each client. The
 * threads and their socket calls:
 *
 * <pre>
 *   acceptor              accept; accept; ...
 *   thread-N              recv from participant N: each line to the screen and to the queues of the others
 *   to ('10.0.3.3', ...)  send what is in the queue of participant N ({@link ChatParticipant})
 *   keyboard              each line typed to all queues; begins when the first participant has joined
 * </pre>
 *
 * A participant has left when it half-closes or closes; TCP does not tell which. It is sent what is
 * still in its queue, and what is in the listener's own pipe, and is closed.
 */
final class ChatListener implements AutoCloseable, BlockingAcceptor.Service {
    /**
     * @param server where to listen, and the limits
     * @param name the listener's own
     * @param stallMillis how long one send may take before a participant counts as not reading
     */
    record Options(ServerOptions server, String name, int stallMillis) {
        static final int STALL_MILLIS = 5_000;

        Options(ServerOptions server, String name) {
            this(server, name, STALL_MILLIS);
        }
    }

    /** How long a participant that sent too long a line may pause in what it is still sending. */
    private static final int REFUSED_QUIET_MILLIS = 1_000;

    /** How long at the stop a participant waits for the last words of the others; less than the acceptor does. */
    private static final int LAST_WORDS_MILLIS = 1_000;

    private final Options options;
    private final ChatScreen screen;
    private final ChatRoom room;
    private final BlockingAcceptor acceptor;
    private final CountDownLatch firstJoined = new CountDownLatch(1);
    private volatile LabException failure;

    private ChatListener(Options options, ChatScreen screen) {
        this.options = options;
        this.screen = screen;
        this.room = new ChatRoom(options.name(), screen::show, options.server().quiet() ? line -> {} : screen::show);
        this.acceptor = BlockingAcceptor.bind(options.server(), new ThreadModel.PerClient(), screen.err());
    }

    /**
     * Binds: participants can connect, and wait, when this returns.
     *
     * @throws LabException if the port cannot be had
     */
    static ChatListener bind(Options options, ChatScreen screen) {
        return new ChatListener(options, screen);
    }

    /** Prints the ready line and lets participants in. */
    void start() {
        acceptor.start(this);
        Thread keyboard = new Thread("keyboard") {
            @Override
            public void run() {
                sayWhatIsTyped();
            }
        };
        keyboard.setDaemon(true); // nothing ends a read of standard input
        keyboard.start();
    }

    InetSocketAddress address() {
        return acceptor.address();
    }

    /**
     * Waits for the end: {@link #close}, Ctrl-D, or with {@code --once} the end of the only participant.
     *
     * @throws LabException if the chat could not go on
     */
    void await() throws InterruptedException {
        acceptor.await();
        if (failure != null) {
            throw failure;
        }
    }

    /** Passes on what has been received, and closes all connections in order. */
    @Override
    public void close() {
        acceptor.close();
    }

    @Override
    public void serve(Connection client) throws IOException {
        ChatParticipant participant = new ChatParticipant(client, options.stallMillis());
        room.enter(participant);
        firstJoined.countDown();
        try (participant) {
            hear(client, participant);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        } finally {
            room.leave(participant);
        }
    }

    private void hear(Connection client, ChatParticipant participant) throws IOException, InterruptedException {
        MessageReader lines = new MessageReader(client, ChatLine.SAID, 0); // the acceptor ends an idle one
        try {
            while (lines.next()) {
                room.hear(participant, lines.text());
            }
        } catch (MessageTooLongException e) {
            room.tell(participant, "error: " + e.getMessage());
            participant.close();
            client.finish(REFUSED_QUIET_MILLIS);
            throw e;
        }
        room.fallsSilent(participant);
        if (client.isStopping()) {
            room.awaitSilence(LAST_WORDS_MILLIS);
        } else {
            screen.awaitInput(() -> participant.isGone() || client.isStopping());
        }
    }

    private void sayWhatIsTyped() {
        try {
            firstJoined.await();
            for (String line; (line = screen.type()) != null; ) {
                say(line);
            }
            if (screen.isInteractive()) {
                acceptor.close();
            }
        } catch (LabException e) {
            failure = e;
            acceptor.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) throws InterruptedException {
        try {
            room.say(line);
        } catch (IOException e) {
            screen.err().error("disconnecting a participant: " + e.getMessage(), e);
        }
    }
}
