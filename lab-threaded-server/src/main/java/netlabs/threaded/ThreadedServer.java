package netlabs.threaded;

import java.io.IOException;
import java.net.InetSocketAddress;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoServers;
import netlabs.common.echo.EchoTranscript;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.MessageReader;
import netlabs.common.net.MessageTooLongException;
import netlabs.common.net.Replies;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;

/**
 * The server that gives every client a thread. Its accept loop is {@link BlockingAcceptor}, which
 * lists the order of the socket calls; what a client's thread does between accept and close is
 * {@link #serve} here, and it is what the iterative server does: receive a message, send it back,
 * until the client ends. Whoever blocks in it, blocks one thread.
 */
final class ThreadedServer implements EchoServers.Server, BlockingAcceptor.Service {
    /**
     * @param server where to listen, and the limits
     * @param messages where messages end
     * @param model which thread serves a client
     */
    record Options(ServerOptions server, MessageOptions messages, ThreadModel model) {}

    private final Options options;
    private final EchoTranscript transcript;
    private final BlockingAcceptor acceptor;

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @throws netlabs.common.LabException if the port cannot be had
     */
    ThreadedServer(Options options, Console console) {
        this.options = options;
        this.transcript = new EchoTranscript(console, options.server().quiet());
        this.acceptor = BlockingAcceptor.bind(options.server(), options.model(), console.err());
    }

    @Override
    public void start() {
        acceptor.start(this);
    }

    @Override
    public InetSocketAddress address() {
        return acceptor.address();
    }

    @Override
    public boolean awaitClients(int count, int millis) throws InterruptedException {
        return acceptor.awaitClients(count, millis);
    }

    @Override
    public void await() throws InterruptedException {
        acceptor.await();
    }

    @Override
    public void close() {
        acceptor.close();
    }

    @Override
    public void serve(Connection client) throws IOException {
        transcript.connected(client.peer());
        MessageReader messages = new MessageReader(client, options.messages(), 0); // the acceptor ends an idle client
        Replies replies = new Replies(client);
        try {
            while (messages.next()) {
                do {
                    transcript.received(client.peer(), messages.view());
                    replies.add(messages.view(), messages.ending());
                } while (messages.nextReceived());
                replies.send();
            }
        } catch (MessageTooLongException e) {
            replies.send();
            client.refuse(e);
            throw e;
        } finally {
            transcript.closed(client.peer());
        }
    }
}
