package netlabs.bench.peers;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Datagrams back in upper case: one blocking java.nio channel, one direct buffer. */
public final class BareDatagrams {
    private BareDatagrams() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(Peer.address(args));
            Peer.ready(channel.getLocalAddress());
            ByteBuffer datagram = ByteBuffer.allocateDirect(64 << 10);
            while (true) {
                datagram.clear();
                SocketAddress client = channel.receive(datagram);
                datagram.flip();
                for (int i = 0; i < datagram.limit(); i++) {
                    datagram.put(i, UpperCase.of(datagram.get(i)));
                }
                channel.send(datagram, client);
            }
        }
    }
}
