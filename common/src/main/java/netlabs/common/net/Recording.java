package netlabs.common.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ServiceLoader;
import netlabs.common.LabException;
import netlabs.common.console.Diagnostics;

/**
 * The packets of one exercise, recorded to a file while it runs: {@code --capture} (LABS.md §0). It begins when the port
 * is known and no packet has been sent yet, and is closed behind the last socket, so that the last FIN and ACK are in
 * the file.
 */
public final class Recording implements AutoCloseable {
    private static final String UNREACHABLE = " or (icmp and icmp[0] = 3) or (icmp6 and ip6[40] = 1)";

    private final PacketRecorder.Running running;
    private final Path file;
    private final Diagnostics diagnostics;
    private boolean closed;

    private Recording(PacketRecorder.Running running, Path file, Diagnostics diagnostics) {
        this.running = running;
        this.file = file;
        this.diagnostics = diagnostics;
    }

    /**
     * Begins to record what is sent from or to a TCP server.
     *
     * @param server where it listens; the wildcard address for all
     * @param file null for none: nothing is recorded, then
     * @param diagnostics is told if packets were lost, and at once if no more can be written
     * @throws LabException if it cannot begin
     */
    public static Recording ofTcp(InetSocketAddress server, Path file, Diagnostics diagnostics) {
        return begin(file, "tcp", server.getPort(), diagnostics, server.getAddress());
    }

    /**
     * The same of a client.
     *
     * @param host name or address of the server
     */
    public static Recording ofTcp(String host, int port, Path file, Diagnostics diagnostics) {
        return begin(file, "tcp", port, diagnostics, file == null ? null : Connector.addresses(host));
    }

    /** The same of UDP, with what ICMP says of its datagrams (RFC 792, RFC 4443: destination unreachable). */
    public static Recording ofUdp(InetSocketAddress server, Path file, Diagnostics diagnostics) {
        return begin(file, "udp", server.getPort(), diagnostics, server.getAddress());
    }

    /** The same of a client of UDP. */
    public static Recording ofUdp(String host, int port, Path file, Diagnostics diagnostics) {
        return begin(file, "udp", port, diagnostics, file == null ? null : Connector.addresses(host));
    }

    private static Recording begin(
            Path file, String protocol, int port, Diagnostics diagnostics, InetAddress... servers) {
        if (file == null) {
            return new Recording(null, null, diagnostics);
        }
        String filter = filter(protocol, port, servers);
        for (PacketRecorder recorder : ServiceLoader.load(PacketRecorder.class)) {
            return new Recording(recorder.start(filter, file, diagnostics::warning), file, diagnostics);
        }
        throw new LabException("--capture: this program was built without its module recorder");
    }

    /**
     * Where the servers' addresses are known, another server's packets on the same port do not match.
     *
     * @return an expression of pcap-filter(7), in which {@code and} and {@code or} have the same precedence
     */
    static String filter(String protocol, int port, InetAddress... servers) {
        StringBuilder filter = new StringBuilder();
        for (InetAddress server : servers) {
            if (server.isAnyLocalAddress()) {
                filter.setLength(0);
                break;
            }
            String host = "host " + withoutScope(server.getHostAddress());
            filter.append(filter.length() == 0 ? "" : " or ");
            filter.append("(src ")
                    .append(host)
                    .append(" and ")
                    .append(protocol)
                    .append(" src port ")
                    .append(port);
            filter.append(") or (dst ").append(host).append(" and ").append(protocol);
            filter.append(" dst port ").append(port).append(')');
        }
        if (filter.length() == 0) {
            filter.append(protocol).append(" port ").append(port);
        }
        return filter.append(protocol.equals("udp") ? UNREACHABLE : "").toString();
    }

    private static String withoutScope(String address) {
        int percent = address.indexOf('%');
        return percent < 0 ? address : address.substring(0, percent);
    }

    /**
     * Ends it. Any thread; returns when it has ended, whoever has ended it.
     *
     * @throws LabException if not all could be written
     */
    @Override
    public synchronized void close() {
        if (!closed && running != null) {
            closed = true;
            long lost = running.close();
            if (lost > 0) {
                diagnostics.warning(file + " lacks " + lost + " packets: they came faster than they could be written");
            }
        }
    }
}
