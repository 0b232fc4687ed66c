package netlabs.common.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import netlabs.common.LabException;

/** How every TCP client comes to its connection: socket, connect. */
public final class Connector {
    private Connector() {}

    /**
     * Connects; tries one address of the host after the other, most have one.
     *
     * @param host name or address
     * @param timeoutMillis for each address, at least 1
     * @param created is run when the first socket is there, not yet connected
     * @return a socket for blocking calls; it has a channel
     * @throws LabException if nobody can be reached there
     */
    public static Socket connect(String host, int port, int timeoutMillis, Runnable created) {
        IOException fault = null;
        for (InetAddress address : addresses(host)) {
            Socket socket = null;
            try {
                socket = SocketChannel.open().socket();
                if (fault == null) {
                    created.run();
                }
                socket.connect(new InetSocketAddress(address, port), timeoutMillis);
                return socket;
            } catch (IOException e) {
                fault = e;
                SocketErrors.closeAfter(e, socket);
            }
        }
        throw SocketErrors.connecting(SocketAddresses.colon(host, port), timeoutMillis, fault);
    }

    /**
     * @param host name or address
     * @throws LabException if there is no such host
     */
    static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new LabException("unknown host " + host, e);
        }
    }
}
