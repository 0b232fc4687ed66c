package netlabs.http;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The files that were asked for lately, by the very bytes of the target, with their answers ready to be sent:
 * a request for one of them opens nothing and makes no object. A file is looked at again when the last look
 * is older than 100 ms, so a change shows after that time at the latest.
 *
 * <p>Bounded: 1,024 targets, each in one of two places of a table, and 64 MiB of content. What is dropped
 * to make room counts until the collector has taken it, for it may still be on its way to a slow client;
 * while there is no room, files are sent from the disk. Any thread reads; writing is rare and locked.
 */
final class HotFiles {
    /** The longest that is kept, in bytes. */
    static final int LONGEST = 1 << 20;

    private static final int PLACES = 1_024;
    private static final long MOST_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 4); // direct buffers may have as much as the heap
    private static final long FRESH_NANOS = 100_000_000;

    /** A file with its answers. */
    static final class Entry {
        private final byte[] target;
        private final Resource resource;
        private final Answer get;
        private final Answer head;
        private volatile long seen;
        private volatile boolean used = true;

        /**
         * @param target as it stands in a request
         * @param get the answer with the content in memory
         */
        Entry(byte[] target, Resource resource, Answer get, long now) {
            this.target = target;
            this.resource = resource;
            this.get = get;
            this.head = get.withoutBody();
            this.seen = now;
        }

        Resource resource() {
            return resource;
        }

        /** All of the file, in a buffer of the caller's own. */
        ByteBuffer content() {
            if (get.body() instanceof Body.Small small) {
                return ByteBuffer.wrap(small.bytes());
            }
            return ((Body.Memory) ((Body.Segments) get.body()).segments().get(0))
                    .content()
                    .duplicate();
        }

        /** The answer to a GET or HEAD without conditions. */
        Answer answerTo(Request request) {
            return request.method() == Request.Method.GET ? get : head;
        }

        /** Whether the file was looked at so lately that it may be taken for what it was. */
        boolean isFresh(long now) {
            return now - seen < FRESH_NANOS;
        }

        /** It was looked at, and is what it was. */
        void seen(long now) {
            seen = now;
        }
    }

    /** Content that is in memory: once nobody can reach it, its bytes are free. */
    private static final class Charge extends PhantomReference<ByteBuffer> {
        private final int bytes;

        Charge(ByteBuffer content, ReferenceQueue<ByteBuffer> freed) {
            super(content, freed);
            bytes = content.capacity();
        }
    }

    private final AtomicReferenceArray<Entry> table = new AtomicReferenceArray<>(PLACES);
    private final ReferenceQueue<ByteBuffer> freed = new ReferenceQueue<>();
    private final Set<Charge> charges = new HashSet<>();
    private long bytes;
    private int hand;

    /**
     * @return the file of exactly this target, fresh or not; null: it is not here
     */
    Entry find(byte[] bytes, int from, int to) {
        int place = place(bytes, from, to);
        Entry entry = at(place, bytes, from, to);
        return entry != null ? entry : at(place ^ 1, bytes, from, to);
    }

    private Entry at(int place, byte[] bytes, int from, int to) {
        Entry entry = table.get(place);
        if (entry == null || !Arrays.equals(entry.target, 0, entry.target.length, bytes, from, to)) {
            return null;
        }
        if (!entry.used) {
            entry.used = true; // written only then: the line of memory is shared by all threads
        }
        return entry;
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 16) & PLACES - 1;
    }

    /**
     * Memory for the content of a file.
     *
     * @return a direct buffer; null if there is no room now
     */
    synchronized ByteBuffer allocate(int length) {
        for (Reference<?> gone; (gone = freed.poll()) != null; ) {
            Charge charge = (Charge) gone;
            bytes -= charge.bytes;
            charges.remove(charge);
        }
        if (bytes + length > MOST_BYTES) {
            dropOne();
            return null;
        }
        ByteBuffer content;
        try {
            content = ByteBuffer.allocateDirect(length);
        } catch (OutOfMemoryError e) {
            return null; // the loops' own buffers, and Java's, are of the same memory
        }
        bytes += length;
        charges.add(new Charge(content, freed));
        return content;
    }

    /** The clock algorithm: the first that nobody has asked for since the hand last came by. */
    private void dropOne() {
        for (int i = 0; i < 2 * PLACES; i++) {
            hand = (hand + 1) % PLACES;
            Entry entry = table.get(hand);
            if (entry != null && entry.used) {
                entry.used = false;
            } else if (entry != null) {
                table.set(hand, null);
                return;
            }
        }
    }

    synchronized void add(Entry entry) {
        byte[] target = entry.target;
        int place = place(target, 0, target.length);
        Entry first = table.get(place);
        Entry second = table.get(place ^ 1);
        boolean secondIsIt = second != null && Arrays.equals(second.target, target);
        boolean firstIsIt = first != null && Arrays.equals(first.target, target);
        boolean toSecond = secondIsIt || !firstIsIt && first != null && (second == null || first.used && !second.used);
        table.set(toSecond ? place ^ 1 : place, entry);
    }

    /** The file has changed, or is gone. */
    synchronized void remove(Entry entry) {
        int place = place(entry.target, 0, entry.target.length);
        table.compareAndSet(place, entry, null);
        table.compareAndSet(place ^ 1, entry, null);
    }
}
