package netlabs.binary;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import netlabs.common.console.Console;
import netlabs.common.net.Ending;
import netlabs.common.net.EventConnection;
import netlabs.common.net.EventHandler;
import netlabs.common.net.EventServer;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.UnfinishedBytes;

/**
 * The server of both kinds of frames. Its event loop is {@code EventLoop} in netlabs.common.net (select,
 * accept; {@link EventConnection}: read, write, close), one thread for all clients. What is done with the
 * bytes of one read is {@link Frames} here: none of it waits for the rest of a frame.
 */
final class BinaryServer implements AutoCloseable {
    /**
     * @param server where to listen, and the limits
     * @param codec the kind of frames
     * @param maxSize the largest size that is taken, in bytes, at most 1 GiB
     * @param echo whether every frame is sent back
     * @param prefix begins each line of the transcript; empty unless a client prints in the same process
     */
    record Options(ServerOptions server, FrameCodec codec, long maxSize, boolean echo, String prefix) {}

    private final Options options;
    private final Console console;
    private final EventServer server;
    private final UnfinishedBytes memory = UnfinishedBytes.ofHeap();

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @throws netlabs.common.LabException if the port cannot be had
     */
    BinaryServer(Options options, Console console) {
        this.options = options;
        this.console = console;
        this.server = EventServer.bind(options.server(), console.err());
    }

    /** Prints the ready line and starts serving. */
    void start() {
        server.start(new Clients(), 1, 0, null);
    }

    /**
     * @return where it listens
     */
    InetSocketAddress address() {
        return server.address();
    }

    /**
     * Waits until it has ended.
     *
     * @throws netlabs.common.LabException if it could not go on
     */
    void await() throws InterruptedException {
        server.await();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Clients implements EventHandler.Factory {
        @Override
        public EventHandler accepted(EventConnection client) {
            return new Frames(client);
        }

        /** A line of text would be taken for a frame. */
        @Override
        public byte[] refusal(int maxClients) {
            return new byte[0];
        }
    }

    /** One client's frames: printed, and sent back as the bytes they came as. */
    private final class Frames implements EventHandler, FrameDecoder.Sink {
        private final EventConnection client;
        private final FrameDecoder decoder;
        private final FrameLog log;

        Frames(EventConnection client) {
            this.client = client;
            this.decoder = new FrameDecoder(options.codec(), options.maxSize(), memory);
            this.log = new FrameLog(
                    FrameLog.Side.RECEIVED,
                    options.prefix(),
                    options.server().quiet() ? null : console.out(),
                    new StreamWarnings("client " + SocketAddresses.tuple(client.peer()), console.err()),
                    memory);
        }

        @Override
        public void received(ByteBuffer bytes) throws MalformedMessageException {
            decoder.feed(bytes, this);
        }

        @Override
        public void frame(Frame frame, ByteBuffer bytes) throws MalformedMessageException {
            log.frame(frame, bytes);
            if (options.echo()) {
                client.send(bytes, Ending.NONE);
            }
        }

        @Override
        public boolean awaitsQuiet() {
            return false; // a pause means nothing: the header says where a frame ends
        }

        @Override
        public void quiet() {}

        @Override
        public void ended() throws MalformedMessageException {
            decoder.end();
        }

        @Override
        public void closed() {
            decoder.discard();
            log.end();
        }
    }
}
