package netlabs.capture.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    /** With multiplication alone these met in a few slots, whatever the seed: high bits that cancel in the next step. */
    @Test
    void addressesThatWereMadeToMeetInOneSlotDoNot() {
        long seed = new SplittableRandom().nextLong() | 1;
        Set<Integer> slots = new HashSet<>();
        for (long high = 0; high < 64; high++) {
            for (long x = 0; x < 64; x++) {
                long low = x << 54 ^ x << 54 >> 29;
                slots.add(Conversation.hash(seed, high << 54, low, 5005, 0xfd00L << 48, 2, 5005) & 0xffff);
            }
        }

        assertThat(slots).hasSizeGreaterThan(3_500); // of 4,096 in 65,536 slots
    }

    @Test
    void bothDirectionsMeet() {
        assertThat(Conversation.hash(42, 1, 2, 3, 4, 5, 6)).isEqualTo(Conversation.hash(42, 4, 5, 6, 1, 2, 3));
    }
}
