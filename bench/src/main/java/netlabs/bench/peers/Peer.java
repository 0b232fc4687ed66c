package netlabs.bench.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import netlabs.common.console.Console;
import netlabs.common.net.SocketAddresses;

/** The two things that every peer here says and hears: its port, and the ready line. */
final class Peer {
    /** The kernel's own bound here; the default of 50 is too small for a burst of 1,000 clients. */
    static final int BACKLOG = 4096;

    private Peer() {}

    /**
     * @param args the program's arguments: a port
     * @return that port of the IPv4 loopback
     */
    static InetSocketAddress address(String[] args) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    }

    /** Prints {@code ready: listening on ('127.0.0.1', <port>)} on standard error. */
    static void ready(SocketAddress bound) {
        Console.ofProcess().err().ready(SocketAddresses.tuple((InetSocketAddress) bound));
    }
}
