package netlabs.capture.analysis;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * One packet of a capture, as it is shown in a list or in the ladder diagram.
 *
 * @param number of the packet in its file, from 1
 * @param timeNanos since the first packet of the file; negative if the clock was set back; {@link #NO_TIME}
 * @param transport what the packet carries
 * @param stream the number of the TCP stream or of the UDP flow, each counted from 0; -1 if it is neither
 * @param source address and port of the sender; port 0 where there is none; null if it is no IP packet
 * @param destination of the receiver, likewise
 * @param fromClient whether the stream's client sent it (of TCP who sent the first SYN, without one who has the higher port; of UDP who sent the first datagram)
 * @param flags of TCP: the bits of {@link TcpFlags}; else 0
 * @param sequence relative to the stream's first of this direction, in bytes
 * @param acknowledgment relative to the stream's first of the other direction; 0 without the flag ACK
 * @param window in bytes, scaled where the handshake that says the factor is in the capture
 * @param length of the packet on the wire, in bytes
 * @param payloadLength the bytes behind the transport header, as sent: the capture may have fewer
 * @param payload the first of these bytes that the capture has, at most 256
 * @param phase what part of its connection it belongs to
 * @param marks what is remarkable
 * @param remark what it is if it has no transport: {@code ARP}, {@code IPv4 fragment}, {@code truncated}; of TCP and
 *     UDP {@link #SEEN_TWICE}, or empty
 */
public record Frame(
        long number,
        long timeNanos,
        Transport transport,
        int stream,
        InetSocketAddress source,
        InetSocketAddress destination,
        boolean fromClient,
        int flags,
        long sequence,
        long acknowledgment,
        long window,
        int length,
        int payloadLength,
        byte[] payload,
        Phase phase,
        Set<Mark> marks,
        String remark) {

    /** The file does not say when its packets were captured. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** An earlier frame has the same packet: it was captured on several interfaces, or the network doubled it. */
    public static final String SEEN_TWICE = "seen twice";

    /** The protocols that have ports here; everything else is {@code OTHER}. */
    public enum Transport {
        TCP,
        UDP,
        OTHER
    }

    /** The part of a TCP connection that a segment belongs to. */
    public enum Phase {
        /** SYN, SYN-ACK, and the ACK of it. */
        HANDSHAKE,
        /** Everything else, also what comes late from an earlier connection. */
        DATA,
        /** FIN, the ACK of a FIN, RST. */
        CLOSE
    }
}
