package netlabs.capture.analysis;

import netlabs.capture.packet.Packet;

/**
 * Knows a packet that an earlier frame has already: {@code any}, or a pcapng file of several interfaces, has it on each
 * that it passes. A retransmission is another packet: it has another identification. Remembers what came lately;
 * allocates nothing.
 */
final class Copies {
    private static final int REMEMBERED = 4096;
    private static final long SAME_PACKET_NANOS = 100_000_000;

    private final long[] seen = new long[REMEMBERED];
    private final long[] nanos = new long[REMEMBERED];
    private final int[] where = new int[REMEMBERED];

    /** Whether the packet, TCP or UDP, is one that was seen before; remembers it. */
    boolean isCopy(Packet packet) {
        long signature = signature(packet);
        int slot = (int) (signature >>> 52);
        int place = packet.interfaceIndex() << 1 | (packet.isOutgoing() ? 1 : 0);
        boolean isSame = seen[slot] == signature && Math.abs(packet.timeNanos() - nanos[slot]) < SAME_PACKET_NANOS;
        // Without an identification it may be a second packet with the same content: that comes by the way of the
        // first. But no host sends a SYN again so soon.
        if (isSame
                && (packet.identification() != 0
                        || where[slot] != place
                        || packet.hasTime() && (packet.flags() & TcpFlags.SYN) != 0)) {
            return true;
        }
        seen[slot] = signature;
        nanos[slot] = packet.timeNanos();
        where[slot] = place;
        return false;
    }

    private static long signature(Packet packet) {
        long state = mix(packet.sourceHigh(), packet.sourceLow());
        state = mix(state, packet.destinationHigh());
        state = mix(state, packet.destinationLow());
        state = mix(
                state,
                (long) packet.sourcePort() << 48 | (long) packet.destinationPort() << 32 | packet.identification());
        state = mix(state, (long) packet.sequence() << 32 | packet.acknowledgment() & 0xffff_ffffL);
        state = mix(state, packet.sample());
        return mix(
                state,
                (long) packet.flags() << 48
                        | (long) packet.window() << 32
                        | (long) packet.checksum() << 16
                        | packet.payloadLength() & 0xffff);
    }

    private static long mix(long state, long value) {
        long mixed = (state ^ value) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 32;
    }
}
