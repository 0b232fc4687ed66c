package netlabs.capture.analysis;

import java.net.InetSocketAddress;
import netlabs.capture.packet.Packet;

/**
 * What goes to and fro between two sockets. Side 0 is the sender of the first packet, side 1 its receiver; the first may
 * be one that an ICMP error quotes.
 */
public abstract sealed class Conversation permits TcpStream, UdpFlow {
    /** One of the two: its address, and what was sent from it. In one object, for there may be many. */
    static class Socket {
        private long high;
        private long low;
        private int port;
        private long frames;
        private long bytes;
        private long payload;
    }

    private final int number;
    private final int ipVersion;
    private final Socket one;
    private final Socket other;
    private long firstFrame;
    private long firstNanos;
    private long lastFrame;
    private long lastNanos;
    private long recordedTwice;

    /**
     * @param one to become the sender of {@code first}
     * @param other to become its receiver
     */
    Conversation(int number, Packet first, Socket one, Socket other) {
        this.number = number;
        this.one = one;
        this.other = other;
        ipVersion = first.ipVersion();
        one.high = first.sourceHigh();
        one.low = first.sourceLow();
        one.port = first.sourcePort();
        other.high = first.destinationHigh();
        other.low = first.destinationLow();
        other.port = first.destinationPort();
    }

    /**
     * @return the side that sent {@code packet}; -1 if it is not of this conversation
     */
    final int side(Packet packet) {
        if (packet.sourcePort() == one.port
                && packet.destinationPort() == other.port
                && packet.sourceLow() == one.low
                && packet.destinationLow() == other.low
                && packet.sourceHigh() == one.high
                && packet.destinationHigh() == other.high
                && packet.ipVersion() == ipVersion) {
            return 0;
        }
        return packet.sourcePort() == other.port
                        && packet.destinationPort() == one.port
                        && packet.sourceLow() == other.low
                        && packet.destinationLow() == one.low
                        && packet.sourceHigh() == other.high
                        && packet.destinationHigh() == one.high
                        && packet.ipVersion() == ipVersion
                ? 1
                : -1;
    }

    final int hash(long seed) {
        return hash(seed, one.high, one.low, one.port, other.high, other.low, other.port);
    }

    /**
     * @return the same in both directions
     */
    static int hash(long seed, long highA, long lowA, int portA, long highB, long lowB, int portB) {
        long mixed = mix(seed, mix(seed, mix(seed, ~seed, highA), lowA), portA)
                + mix(seed, mix(seed, mix(seed, ~seed, highB), lowB), portB);
        return (int) (mixed ^ mixed >>> 32);
    }

    /** A product of 128 bits with a factor that nobody knows: what is to cancel in it cannot be made up. */
    private static long mix(long seed, long state, long value) {
        long mixed = state ^ value;
        return mixed * seed ^ Math.multiplyHigh(mixed, seed);
    }

    /**
     * @param isCopy whether an earlier frame has the same packet
     */
    final void count(Packet packet, int side, boolean isCopy) {
        Socket sender = socketAt(side);
        sender.frames++;
        sender.bytes += packet.length();
        if (isCopy) {
            recordedTwice++;
        } else {
            sender.payload += packet.payloadLength();
        }
        if (firstFrame == 0) {
            firstFrame = packet.number();
            firstNanos = packet.timeNanos();
        }
        lastFrame = packet.number();
        lastNanos = packet.timeNanos();
    }

    /** The side that is the client: 0 or 1. */
    abstract int clientSide();

    final int serverSide() {
        return 1 - clientSide();
    }

    final Socket socketAt(int side) {
        return side == 0 ? one : other;
    }

    final int port(int side) {
        return socketAt(side).port;
    }

    final InetSocketAddress socket(int side) {
        Socket end = socketAt(side);
        return Packet.socket(ipVersion, end.high, end.low, end.port);
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
        return socketAt(sideOf(isClient)).frames;
    }

    /**
     * @return the length of these packets, with all headers
     */
    public final long bytes(boolean isClient) {
        return socketAt(sideOf(isClient)).bytes;
    }

    /**
     * @return the bytes behind the transport header, what was sent again included, what was recorded twice counted once
     */
    public final long payload(boolean isClient) {
        return socketAt(sideOf(isClient)).payload;
    }

    final int sideOf(boolean isClient) {
        return isClient ? clientSide() : serverSide();
    }

    /**
     * @return 0 if the capture has no packet of it
     */
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
