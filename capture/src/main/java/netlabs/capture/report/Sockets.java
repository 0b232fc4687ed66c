package netlabs.capture.report;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.Conversation;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;

/**
 * The socket addresses that a capture has, each once, in the order in which they come. A TCP and a UDP socket are two,
 * also where address and port are the same.
 *
 * @param servers of conversations
 * @param clients of conversations
 * @param ephemeralPorts the ports of the clients, in order: picked by their systems, most of them
 * @param traffic of all conversations together
 */
record Sockets(Set<Socket> servers, Set<Socket> clients, Set<Integer> ephemeralPorts, Traffic traffic) {

    /**
     * @param protocol {@code TCP} or {@code UDP}
     */
    record Socket(String protocol, InetSocketAddress address) {}

    static Sockets of(Analyzer analyzer) {
        Sockets sockets = new Sockets(new LinkedHashSet<>(), new LinkedHashSet<>(), new TreeSet<>(), Traffic.NONE);
        for (TcpStream stream : analyzer.tcpStreams()) {
            sockets = sockets.with("TCP", stream);
        }
        for (UdpFlow flow : analyzer.udpFlows()) {
            sockets = sockets.with("UDP", flow);
        }
        return sockets;
    }

    private Sockets with(String protocol, Conversation conversation) {
        servers.add(new Socket(protocol, conversation.server()));
        clients.add(new Socket(protocol, conversation.client()));
        ephemeralPorts.add(conversation.client().getPort());
        return new Sockets(servers, clients, ephemeralPorts, traffic.and(Traffic.of(conversation)));
    }

    /**
     * @return how many there are on both sides; one that is a client here and a server there counts once
     */
    int count() {
        Set<Socket> all = new LinkedHashSet<>(servers);
        all.addAll(clients);
        return all.size();
    }
}
