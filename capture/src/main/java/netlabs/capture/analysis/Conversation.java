package netlabs.capture.analysis;

import java.net.InetSocketAddress;
import netlabs.capture.packet.Packet;

/** What goes to and fro between two sockets. Side 0 is the sender of the first packet, side 1 its receiver. */
public abstract sealed class Conversation permits TcpStream, UdpFlow {
    private final int number;
    private final int ipVersion;
    private final long[] high = new long[2];
    private final long[] low = new long[2];
    private final int[] port = new int[2];
    private final long[] frames = new long[2];
    private final long[] bytes = new long[2];
    private final long[] payload = new long[2];
    private final long firstFrame;
    private final long firstNanos;
    private long lastFrame;
    private long lastNanos;
    private long recordedTwice;

    Conversation(int number, Packet first) {
        this.number = number;
        ipVersion = first.ipVersion();
        high[0] = first.sourceHigh();
        low[0] = first.sourceLow();
        port[0] = first.sourcePort();
        high[1] = first.destinationHigh();
        low[1] = first.destinationLow();
        port[1] = first.destinationPort();
        firstFrame = first.number();
        firstNanos = first.timeNanos();
    }

    /**
     * @return the side that sent {@code packet}; -1 if it is not of this conversation
     */
    final int side(Packet packet) {
        if (packet.sourcePort() == port[0]
                && packet.destinationPort() == port[1]
                && packet.sourceLow() == low[0]
                && packet.destinationLow() == low[1]
                && packet.sourceHigh() == high[0]
                && packet.destinationHigh() == high[1]
                && packet.ipVersion() == ipVersion) {
            return 0;
        }
        return packet.sourcePort() == port[1]
                        && packet.destinationPort() == port[0]
                        && packet.sourceLow() == low[1]
                        && packet.destinationLow() == low[0]
                        && packet.sourceHigh() == high[1]
                        && packet.destinationHigh() == high[0]
                        && packet.ipVersion() == ipVersion
                ? 1
                : -1;
    }

    final int hash(long seed) {
        return hash(seed, high[0], low[0], port[0], high[1], low[1], port[1]);
    }

    /**
     * @return the same in both directions
     */
    static int hash(long seed, long highA, long lowA, int portA, long highB, long lowB, int portB) {
        long mixed = mix(mix(mix(seed, highA), lowA), portA) + mix(mix(mix(seed, highB), lowB), portB);
        return (int) (mixed >>> 32);
    }

    private static long mix(long state, long value) {
        long mixed = (state ^ value) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 29;
    }

    /**
     * @param isCopy whether an earlier frame has the same packet
     */
    final void count(Packet packet, int side, boolean isCopy) {
        frames[side]++;
        bytes[side] += packet.length();
        if (isCopy) {
            recordedTwice++;
        } else {
            payload[side] += packet.payloadLength();
        }
        lastFrame = packet.number();
        lastNanos = packet.timeNanos();
    }

    /** The side that is the client: 0 or 1. */
    abstract int clientSide();

    final int serverSide() {
        return 1 - clientSide();
    }

    final int port(int side) {
        return port[side];
    }

    final InetSocketAddress socket(int side) {
        return Packet.socket(ipVersion, high[side], low[side], port[side]);
    }

    /**
     * @return as tshark numbers them, TCP streams and UDP flows apart, from 0
     */
    public final int number() {
        return number;
    }

    public final InetSocketAddress client() {
        return socket(clientSide());
    }

    public final InetSocketAddress server() {
        return socket(serverSide());
    }

    /**
     * @param isClient of the client, else of the server
     * @return how many packets it sent
     */
    public final long frames(boolean isClient) {
        return frames[sideOf(isClient)];
    }

    /**
     * @return the length of these packets, with all headers
     */
    public final long bytes(boolean isClient) {
        return bytes[sideOf(isClient)];
    }

    /**
     * @return the bytes behind the transport header, what was sent again included, what was recorded twice counted once
     */
    public final long payload(boolean isClient) {
        return payload[sideOf(isClient)];
    }

    final int sideOf(boolean isClient) {
        return isClient ? clientSide() : serverSide();
    }

    public final long firstFrame() {
        return firstFrame;
    }

    public final long lastFrame() {
        return lastFrame;
    }

    /**
     * @return of the first packet, since 1970-01-01 UTC
     */
    public final long firstNanos() {
        return firstNanos;
    }

    public final long lastNanos() {
        return lastNanos;
    }

    /**
     * @return how many frames are a packet that an earlier frame has already, captured on another interface
     */
    public final long recordedTwice() {
        return recordedTwice;
    }
}
