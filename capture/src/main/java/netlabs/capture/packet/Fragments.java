package netlabs.capture.packet;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Packets of which some fragments have been seen (RFC 791 §3.2, RFC 8200 §4.5). At most {@link #MOST} of them: the one
 * that has waited longest is given up for a new one.
 */
final class Fragments {
    static final int MOST = 64;
    /** What an IP packet can be at most. */
    private static final int LONGEST = 65_535;

    private static final int UNIT = 8;

    private final Map<Key, Unfinished> unfinished = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Unfinished> eldest) {
            return size() > MOST;
        }
    };

    private record Key(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long identification) {}

    private static final class Unfinished {
        private byte[] bytes = new byte[0];
        private final BitSet there = new BitSet();
        private int length = -1;
    }

    /**
     * @param identification with the protocol: what the fragments of one packet have in common
     * @param position of the fragment in its packet, a multiple of 8
     * @param isMore whether there are fragments behind it
     * @param count at least 1
     * @return the content of the packet if this was the last that was missing; else null
     */
    byte[] add(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            long identification,
            int position,
            boolean isMore,
            byte[] data,
            int at,
            int count) {
        int end = position + count;
        if (end > LONGEST || isMore && count % UNIT != 0) {
            return null;
        }
        Key key = new Key(sourceHigh, sourceLow, destinationHigh, destinationLow, identification);
        Unfinished packet = unfinished.get(key);
        if (packet == null) {
            packet = new Unfinished();
            unfinished.put(key, packet);
        }
        if (packet.bytes.length < end) {
            packet.bytes = Arrays.copyOf(packet.bytes, Math.min(LONGEST, Math.max(end, 2 * packet.bytes.length)));
        }
        System.arraycopy(data, at, packet.bytes, position, count);
        packet.there.set(position / UNIT, (end + UNIT - 1) / UNIT);
        if (!isMore) {
            packet.length = end;
        }
        if (packet.length < 0 || packet.there.nextClearBit(0) < (packet.length + UNIT - 1) / UNIT) {
            return null;
        }
        unfinished.remove(key);
        return Arrays.copyOf(packet.bytes, packet.length);
    }
}
