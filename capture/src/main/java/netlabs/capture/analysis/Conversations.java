package netlabs.capture.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import netlabs.capture.packet.Packet;
import netlabs.common.LabException;

/**
 * The conversations there are, found by a packet's addresses and ports: a hash table with open addressing, of the latest
 * conversation between the two sockets. Looking one up allocates nothing.
 */
final class Conversations<C extends Conversation> {
    /** A conversation takes some 600 bytes: this many are still far from the end of the memory. */
    static final int MOST = 1_000_000;

    private final List<C> all = new ArrayList<>();
    /** Number of the conversation plus 1; 0: free. */
    private int[] slots = new int[1024];

    private int taken;
    /** Else a capture could be made whose conversations all meet in one slot. */
    private final long seed = new SplittableRandom().nextLong() | 1;

    private C last;

    /**
     * @return the latest between the two sockets of {@code packet}, in either direction; null if there is none
     */
    C find(Packet packet) {
        if (last != null && last.side(packet) >= 0) {
            return last;
        }
        int slot = slot(packet, slots);
        if (slots[slot] != 0) {
            last = all.get(slots[slot] - 1);
            return last;
        }
        return null;
    }

    /**
     * @return the number of the next one
     */
    int size() {
        return all.size();
    }

    /**
     * Adds one, which is from now on the latest between its sockets.
     *
     * @param first its first packet
     */
    void add(C conversation, Packet first) {
        if (all.size() == MOST) {
            throw new LabException("frame " + first.number() + ": more than " + MOST + " conversations");
        }
        all.add(conversation);
        if (2 * taken >= slots.length) {
            grow();
        }
        int slot = slot(first, slots);
        taken += slots[slot] == 0 ? 1 : 0;
        slots[slot] = all.size();
        last = conversation;
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        for (int number : slots) {
            if (number != 0) {
                int slot = all.get(number - 1).hash(seed) & larger.length - 1;
                while (larger[slot] != 0) {
                    slot = slot + 1 & larger.length - 1;
                }
                larger[slot] = number;
            }
        }
        slots = larger;
    }

    private int slot(Packet packet, int[] table) {
        int slot = Conversation.hash(
                        seed,
                        packet.sourceHigh(),
                        packet.sourceLow(),
                        packet.sourcePort(),
                        packet.destinationHigh(),
                        packet.destinationLow(),
                        packet.destinationPort())
                & table.length - 1;
        while (table[slot] != 0 && all.get(table[slot] - 1).side(packet) < 0) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /**
     * @return those that the capture has packets of, by their numbers: that is all, but for what ICMP errors quote
     */
    List<C> all() {
        for (C conversation : all) {
            if (conversation.firstFrame() == 0) {
                return all.stream().filter(one -> one.firstFrame() != 0).toList();
            }
        }
        return Collections.unmodifiableList(all);
    }
}
