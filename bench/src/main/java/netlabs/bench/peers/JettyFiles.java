package netlabs.bench.peers;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Files by Jetty's own {@link ResourceHandler}, which keeps what it has served in a cache. All settings are Jetty's
 * defaults but three: one acceptor and one selector, its own choice for 2 processors, on larger machines too; a backlog
 * for a burst of clients; the loopback. Its pool of threads is the default one, of 8 to 200.
 */
public final class JettyFiles {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;

    private JettyFiles() {}

    /** Listens on the port {@code args[0]} and serves the folder {@code args[1]} until it is killed. */
    public static void main(String[] args) throws Exception {
        InetSocketAddress address = Peer.address(args);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, ACCEPTORS, SELECTORS);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(Peer.BACKLOG);
        server.addConnector(connector);
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(server).newResource(Path.of(args[1])));
        server.setHandler(files);
        server.start();
        Peer.ready(new InetSocketAddress(address.getAddress(), connector.getLocalPort()));
        server.join();
    }
}
