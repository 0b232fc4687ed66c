package netlabs.bench.peers;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Bytes back as they come, on one selector and nothing else: one direct buffer shared by all
 * clients, no object per event, no interest set that changes. It waits where a client takes no
 * replies; with one message on its way none of them ever does that.
 */
public final class BareNio {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private final Selector selector;

    private BareNio(Selector selector) {
        this.selector = selector;
    }

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(Peer.address(args), Peer.BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            Peer.ready(listener.getLocalAddress());
            BareNio server = new BareNio(selector);
            while (true) {
                selector.select(server::serve);
            }
        }
    }

    private void serve(SelectionKey key) {
        if (key.channel() instanceof ServerSocketChannel listener) {
            accept(listener);
        } else {
            echo((SocketChannel) key.channel());
        }
    }

    private void accept(ServerSocketChannel listener) {
        try {
            SocketChannel client = listener.accept();
            if (client != null) {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            System.err.println("error: accept: " + e.getMessage());
        }
    }

    private void echo(SocketChannel client) {
        try {
            buffer.clear();
            if (client.read(buffer) < 0) {
                client.close();
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                client.write(buffer);
            }
        } catch (IOException e) {
            close(client);
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            System.err.println("error: close: " + e.getMessage());
        }
    }
}
