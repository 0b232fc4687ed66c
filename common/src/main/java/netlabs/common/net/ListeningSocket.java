package netlabs.common.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/** How every TCP server comes to its listening socket: socket, setsockopt(SO_REUSEADDR), bind, listen. */
final class ListeningSocket {
    private ListeningSocket() {}

    /**
     * With an IPv4 address to bind it is an IPv4 socket, so {@code 0.0.0.0} is all IPv4 addresses and no
     * other; with {@code ::} it takes both.
     *
     * @param backlog how many connections the kernel completes ahead of {@code accept} (listen(2))
     * @throws LabException if the address cannot be had
     */
    static ServerSocketChannel bind(ServerOptions options, int backlog) {
        InetSocketAddress address = new InetSocketAddress(options.bind(), options.port());
        ServerSocketChannel listener = null;
        try {
            listener = ServerSocketChannel.open(
                    options.bind() instanceof Inet4Address
                            ? StandardProtocolFamily.INET
                            : StandardProtocolFamily.INET6);
            // Without it a server cannot be restarted while old connections are in TIME-WAIT (socket(7)).
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return listener.bind(address, backlog);
        } catch (IOException e) {
            SocketErrors.closeAfter(e, listener);
            throw SocketErrors.listening(address, e);
        }
    }

    /**
     * Begins the recording of {@code --capture}, now that the port is known and nobody has been told of it.
     *
     * @throws LabException if it cannot begin: the socket is closed, then
     */
    static Recording record(ServerOptions options, ServerSocketChannel listener, Diagnostics diagnostics) {
        try {
            return Recording.ofTcp(
                    (InetSocketAddress) listener.socket().getLocalSocketAddress(), options.capture(), diagnostics);
        } catch (LabException e) {
            SocketErrors.closeAfter(e, listener);
            throw e;
        }
    }
}
