package netlabs.capture.analysis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import netlabs.capture.packet.Packet;

/**
 * Takes the packets of a capture in their order and sorts them into TCP streams and UDP flows. What it keeps grows with
 * the number of these, not with that of the packets. One thread.
 */
public final class Analyzer {
    /** Of what is neither TCP nor UDP: as many as whoever sent it likes. */
    private static final int MOST_KINDS = 100;

    private final Conversations<TcpStream> tcp = new Conversations<>();
    private final Conversations<UdpFlow> udp = new Conversations<>();
    private final Map<String, Long> others = new TreeMap<>();
    private final Copies copies = new Copies();
    private final Packet quoted = new Packet();

    private long frames;
    private long bytes;
    private long firstNanos;
    private long lastNanos;
    private boolean hasTimes = true;
    private long tcpFrames;
    private long udpFrames;
    private long recordedTwice;
    private Conversation conversation;
    private boolean isCopy;
    private boolean isReuse;

    /** Takes the next packet. */
    public void accept(Packet packet) {
        if (frames == 0) {
            firstNanos = packet.timeNanos();
        }
        frames++;
        bytes += packet.length();
        lastNanos = packet.timeNanos();
        hasTimes &= packet.hasTime();
        switch (packet.kind()) {
            case TCP -> acceptTcp(packet);
            case UDP -> acceptUdp(packet);
            default -> {
                conversation = null;
                isCopy = false;
                boolean isKnown = others.size() < MOST_KINDS || others.containsKey(packet.remark());
                others.merge(isKnown ? packet.remark() : "of other kinds", 1L, Long::sum);
                acceptQuoted(packet);
            }
        }
    }

    /** What an ICMP error quotes gets a number, as in tshark, also where the capture does not have it. */
    private void acceptQuoted(Packet error) {
        for (boolean isThere = quoted.decodeQuoted(error); isThere; isThere = quoted.decodeQuoted(quoted)) {
            switch (quoted.kind()) {
                case TCP -> stream(quoted);
                case UDP -> flow(quoted);
                default -> {}
            }
        }
    }

    private void acceptTcp(Packet packet) {
        tcpFrames++;
        TcpStream stream = stream(packet);
        stream.accept(packet, isReuse, isCopy(packet));
        conversation = stream;
    }

    /** The one that {@code packet} belongs to, which may be its first. */
    private TcpStream stream(Packet packet) {
        TcpStream stream = tcp.find(packet);
        isReuse = stream != null && (packet.flags() & TcpFlags.SYN) != 0 && stream.isReusedBy(packet);
        if (stream == null || isReuse) {
            stream = new TcpStream(tcp.size(), packet);
            tcp.add(stream, packet);
        }
        return stream;
    }

    private UdpFlow flow(Packet packet) {
        UdpFlow flow = udp.find(packet);
        if (flow == null) {
            flow = new UdpFlow(udp.size(), packet);
            udp.add(flow, packet);
        }
        return flow;
    }

    private void acceptUdp(Packet packet) {
        udpFrames++;
        UdpFlow flow = flow(packet);
        flow.count(packet, flow.side(packet), isCopy(packet));
        conversation = flow;
    }

    private boolean isCopy(Packet packet) {
        isCopy = copies.isCopy(packet);
        recordedTwice += isCopy ? 1 : 0;
        return isCopy;
    }

    /**
     * @return what the last packet belongs to; null if it is neither TCP nor UDP
     */
    Conversation conversation() {
        return conversation;
    }

    /** Whether an earlier frame has the same packet as the last one. */
    boolean isCopy() {
        return isCopy;
    }

    /**
     * @return those that the capture has packets of, by their numbers
     */
    public List<TcpStream> tcpStreams() {
        return tcp.all();
    }

    /** The same of UDP. */
    public List<UdpFlow> udpFlows() {
        return udp.all();
    }

    /**
     * @return how many frames are neither TCP nor UDP, by what they are
     */
    public Map<String, Long> others() {
        return Collections.unmodifiableMap(others);
    }

    public long frames() {
        return frames;
    }

    /**
     * @return the length of all packets on the wire
     */
    public long bytes() {
        return bytes;
    }

    public long tcpFrames() {
        return tcpFrames;
    }

    public long udpFrames() {
        return udpFrames;
    }

    /**
     * @return how many frames are a packet that an earlier frame has already
     */
    public long recordedTwice() {
        return recordedTwice;
    }

    /**
     * @return of the first packet, since 1970-01-01 UTC; 0 without packets
     */
    public long firstNanos() {
        return firstNanos;
    }

    public long lastNanos() {
        return lastNanos;
    }

    /** Whether the file says of each packet when it was captured; else no time and no duration means anything. */
    public boolean hasTimes() {
        return hasTimes;
    }
}
