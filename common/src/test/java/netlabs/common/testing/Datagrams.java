package netlabs.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/**
 * A real UDP socket, told as a story: each call is an action or an expectation, and a failure prints
 * the story so far. It is not connected; what it sends goes to the server it was made for, or else to
 * whoever wrote last.
 */
public final class Datagrams implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int QUEUE_BYTES = 1 << 20;

    private final DatagramChannel channel;
    private final Selector selector;
    private final StringBuilder story = new StringBuilder();
    private InetSocketAddress peer;

    private Datagrams(InetAddress local, InetSocketAddress peer) throws IOException {
        this.channel = DatagramChannel.open();
        this.selector = Selector.open();
        this.peer = peer;
        // A story may send many datagrams before it expects the first reply: by default 256 small ones fit.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, QUEUE_BYTES);
        channel.bind(new InetSocketAddress(local, 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** A client of {@code server}. */
    public static Datagrams to(InetSocketAddress server) throws IOException {
        return new Datagrams(server.getAddress(), server);
    }

    /** A server that the test plays, on a free port of 127.0.0.1. */
    public static Datagrams listen() throws IOException {
        return new Datagrams(InetAddress.getByName("127.0.0.1"), null);
    }

    /** The port of this socket. */
    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Whom {@link #send} sends to. */
    public InetSocketAddress peer() {
        return peer;
    }

    /** Sends {@code text} as UTF-8 in one datagram. */
    public Datagrams send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes in one datagram. */
    public Datagrams send(byte[] bytes) throws IOException {
        story.append("\n  sends ").append(shown(bytes));
        channel.send(ByteBuffer.wrap(bytes), peer);
        return this;
    }

    /** Expects exactly {@code text} in the next datagram. */
    public Datagrams expect(String text) throws IOException {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Expects exactly these bytes in the next datagram. */
    public Datagrams expect(byte[] bytes) throws IOException {
        story.append("\n  expects ").append(shown(bytes));
        byte[] got = receive(TIMEOUT_MILLIS);
        if (got == null) {
            throw new AssertionError("nothing came, in the story" + story);
        }
        assertThat(got).as(story.toString()).isEqualTo(bytes);
        return this;
    }

    /** Expects nothing for {@code millis}. */
    public Datagrams expectSilence(int millis) throws IOException {
        story.append("\n  expects silence");
        byte[] got = receive(millis);
        if (got != null) {
            throw new AssertionError(shown(got) + " came, in the story" + story);
        }
        return this;
    }

    /**
     * @return the next datagram; null if none comes in time
     */
    public byte[] receive(int millis) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long deadline = System.nanoTime() + millis * 1_000_000L;
        InetSocketAddress sender;
        while ((sender = (InetSocketAddress) channel.receive(buffer)) == null) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            selector.select(left);
            selector.selectedKeys().clear();
        }
        peer = sender;
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() < 100 ? "'" + text + "'" : bytes.length + " bytes";
    }
}
