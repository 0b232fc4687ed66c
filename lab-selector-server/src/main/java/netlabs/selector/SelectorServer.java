package netlabs.selector;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoServers;
import netlabs.common.echo.EchoTranscript;
import netlabs.common.net.EventConnection;
import netlabs.common.net.EventHandler;
import netlabs.common.net.EventServer;
import netlabs.common.net.MessageDecoder;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.MessageTooLongException;
import netlabs.common.net.ServerOptions;

/**
 * The server that serves all clients with one thread. Its event loop is {@code EventLoop} in
 * netlabs.common.net, which lists what the thread does and in which order: select, accept, and for
 * each connection that is ready {@link EventConnection}: read, write, close. What is done with the
 * bytes of one read is {@link Echo} here: no loop around a blocking call, as in the threaded server,
 * but an object that remembers how far its client's message has come.
 */
final class SelectorServer implements EchoServers.Server {
    /**
     * @param server where to listen, and the limits
     * @param messages where messages end
     * @param loops how many selectors, each with a thread
     * @param trace whether the keys and their sets are printed
     */
    record Options(ServerOptions server, MessageOptions messages, int loops, boolean trace) {}

    private final Options options;
    private final Console console;
    private final EchoTranscript transcript;
    private final EventServer server;

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @throws netlabs.common.LabException if the port cannot be had
     */
    SelectorServer(Options options, Console console) {
        this.options = options;
        this.console = console;
        this.transcript = new EchoTranscript(console, options.server().quiet());
        this.server = EventServer.bind(options.server(), console.err());
    }

    @Override
    public void start() {
        server.start(
                Echo::new,
                options.loops(),
                options.messages().quietPeriodMillis(),
                options.trace() ? new KeyTrace(console.out()) : null);
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public boolean awaitClients(int count, int millis) throws InterruptedException {
        return server.awaitClients(count, millis);
    }

    @Override
    public void await() throws InterruptedException {
        server.await();
    }

    @Override
    public void close() {
        server.close();
    }

    /** One client's messages, sent back. */
    private final class Echo implements EventHandler {
        private final EventConnection client;
        private final MessageDecoder decoder;

        Echo(EventConnection client) {
            this.client = client;
            this.decoder = new MessageDecoder(
                    options.messages().framing(), options.messages().maxLength());
            transcript.connected(client.peer());
        }

        @Override
        public void received(ByteBuffer bytes) throws MessageTooLongException {
            while (decoder.next(bytes)) {
                answer();
            }
        }

        @Override
        public boolean awaitsQuiet() {
            return decoder.awaitsQuiet();
        }

        @Override
        public void quiet() throws MessageTooLongException {
            if (decoder.quiet()) {
                answer();
            }
        }

        @Override
        public void ended() throws MessageTooLongException {
            if (decoder.end()) {
                answer();
            }
        }

        @Override
        public void closed() {
            transcript.closed(client.peer());
        }

        private void answer() {
            transcript.received(client.peer(), decoder.content());
            client.send(decoder.content(), decoder.ending());
        }
    }
}
