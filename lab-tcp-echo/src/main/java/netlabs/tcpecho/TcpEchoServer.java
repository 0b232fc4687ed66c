package netlabs.tcpecho;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Utf8;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.Ending;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.MessageReader;
import netlabs.common.net.MessageTooLongException;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;

/**
 * The iterative server. Its accept loop is {@link BlockingAcceptor}, which lists the order of the
 * socket calls; what happens between accept and close is {@link #serve} here: receive a message,
 * send its reply, until the client ends. While that goes on nobody calls accept, so a second client
 * is connected, by the kernel, but hears nothing until the first has left.
 */
final class TcpEchoServer implements AutoCloseable, BlockingAcceptor.Service {
    /**
     * @param server where to listen, and the limits
     * @param messages where messages end
     * @param out the file for the replies of {@code reverse}; null for none
     */
    record Options(ServerOptions server, MessageOptions messages, Path out) {}

    private final Exercise exercise;
    private final Options options;
    private final Console console;
    private final BlockingAcceptor acceptor;
    private final OutFile out;

    private TcpEchoServer(Exercise exercise, Options options, Console console) {
        this.exercise = exercise;
        this.options = options;
        this.console = console;
        this.acceptor = BlockingAcceptor.bind(options.server(), new ThreadModel.Iterative(), console.err());
        try {
            this.out = options.out() == null ? null : new OutFile(options.out());
        } catch (LabException e) {
            acceptor.close();
            throw e;
        }
    }

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @throws LabException if the port or the file cannot be had
     */
    static TcpEchoServer bind(Exercise exercise, Options options, Console console) {
        return new TcpEchoServer(exercise, options, console);
    }

    /**
     * Prints the first lines and starts serving.
     *
     * @throws LabException if nothing can be printed
     */
    void start() {
        exercise.serverStarted(console.out());
        acceptor.start(this);
    }

    /** {@link #bind} and {@link #start}. */
    static TcpEchoServer start(Exercise exercise, Options options, Console console) {
        TcpEchoServer server = bind(exercise, options, console);
        try {
            server.start();
            return server;
        } catch (LabException e) {
            server.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return acceptor.address();
    }

    /** Waits for the end: {@link #close}, or with {@code --once} the end of the first client. */
    void await() throws InterruptedException {
        acceptor.await();
    }

    @Override
    public void close() {
        acceptor.close();
        if (out != null) {
            out.close();
        }
    }

    @Override
    public void serve(Connection client) throws IOException {
        exercise.clientAccepted(console.out(), client.peer());
        if (exercise.greeting().length > 0) {
            client.send(exercise.greeting());
        }
        MessageReader messages = new MessageReader(client, options.messages(), 0); // the acceptor ends an idle client
        try {
            while (messages.next()) {
                answer(client, messages.content(), messages.ending());
            }
        } catch (MessageTooLongException e) {
            client.refuse(e);
            throw e;
        }
    }

    private void answer(Connection client, byte[] message, Ending ending) throws IOException {
        byte[] reply = exercise.reply(message);
        if (out != null) {
            out.append(reply);
        }
        if (!options.server().quiet()) {
            print(client, message, reply);
        }
        Ending replyEnding = exercise.keepsEnding() ? ending : ending.ofReply();
        client.send(replyEnding.behind(reply));
    }

    private void print(Connection client, byte[] message, byte[] reply) {
        String text = Utf8.decode(message, console.err());
        exercise.serverReplies(console.out(), text, new String(reply, StandardCharsets.UTF_8), client.peer());
    }
}
