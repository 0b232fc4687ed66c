package netlabs.common.net;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * What every TCP server of the suite can be told (LABS.md §0).
 *
 * @param bind the local address to listen on; the wildcard address for all
 * @param port 1 to 65535, or 0 for any free port
 * @param maxClients how many clients may be connected at once, at least 1. An iterative server
 *     serves one; the others wait in the kernel's queue, whose length this sets. The shortest queue
 *     that Linux has is of two.
 * @param once serve one client, then end
 * @param idleTimeoutMillis a client that sends nothing, or takes nothing of what is sent to it, for
 *     this long is disconnected; 0: never
 * @param quiet no transcript line per message
 * @param capture the file that the packets of its port are recorded to; null for none
 */
public record ServerOptions(
        InetAddress bind, int port, int maxClients, boolean once, int idleTimeoutMillis, boolean quiet, Path capture) {
    private static final int DEMO_TIMEOUT_MILLIS = 5_000;

    /** A server that records nothing. */
    public ServerOptions(
            InetAddress bind, int port, int maxClients, boolean once, int idleTimeoutMillis, boolean quiet) {
        this(bind, port, maxClients, once, idleTimeoutMillis, quiet, null);
    }

    /**
     * @param port 0 for a free one
     * @param capture the file that the packets of its port are recorded to; null for none
     * @return a server on the loopback for a demo: a few clients, and it hangs at none of them
     */
    public static ServerOptions ofDemo(int port, Path capture) {
        return new ServerOptions(InetAddress.getLoopbackAddress(), port, 4, false, DEMO_TIMEOUT_MILLIS, false, capture);
    }
}
