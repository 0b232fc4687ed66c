package netlabs.http;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The files that were asked for lately, by the very bytes of the target, with their answers ready to be sent:
 * a request for one of them opens nothing and makes no object. A file is looked at again when the last look
 * is older than 100 ms, so a change shows after that time at the latest.
 *
 * <p>Bounded: 1,024 targets, each in one of two places of a table, and 64 MiB of content, which is in memory,
 * or in a {@link ContentFile}. What is dropped to make room counts until the collector has
 * taken it, for it may still be on its way to a slow client; while there is no room, the files themselves are
 * sent. Any thread reads; writing is rare and locked.
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
         * @param get the answer with a copy of the content
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

        /**
         * @return where the segments of {@link #part} are; null: in memory
         */
        OpenFile file() {
            return get.body() instanceof Body.Segments segments ? segments.file() : null;
        }

        /** Some of the file. */
        Body.Segment part(ByteRange range) {
            if (get.body() instanceof Body.Small small) {
                return new Body.Memory(ByteBuffer.wrap(small.bytes(), (int) range.first(), (int) range.length()));
            }
            Body.Segment whole = ((Body.Segments) get.body()).segments().get(0);
            if (whole instanceof Body.Section section) {
                long first = section.range().first();
                return new Body.Section(new ByteRange(first + range.first(), first + range.last()));
            }
            return new Body.Memory(((Body.Memory) whole).content().slice((int) range.first(), (int) range.length()));
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

    /** Null: content is kept in memory. */
    private final ContentFile file;

    private final AtomicReferenceArray<Entry> table = new AtomicReferenceArray<>(PLACES);
    private final ReferenceQueue<ByteBuffer> freed = new ReferenceQueue<>();
    private final Set<Charge> charges = new HashSet<>();
    private long bytes;
    private int hand;

    /**
     * @param inFile whether content that is long is kept in a {@link ContentFile}: for a virtual thread Java makes
     *     the socket a non-blocking one, and sendfile(2) does not wait
     */
    HotFiles(boolean inFile) {
        file = inFile ? new ContentFile() : null;
    }

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
     * Keeps a copy.
     *
     * @param source what is copied, and whether it still is what it was
     * @return where the copy is; null if there is no room now
     * @throws RefusedException if it cannot be read, or is being changed
     */
    Body copy(int length, Source source) throws RefusedException {
        if (length <= Body.Small.MOST) {
            return new Body.Small(source.read(ByteBuffer.allocate(length)).array());
        }
        if (file != null) {
            return copyToFile(length, source);
        }
        ByteBuffer content = allocate(length);
        return content == null ? null : new Body.Segments(null, List.of(new Body.Memory(source.read(content))));
    }

    /** Where a copy is made from. */
    interface Source {
        /**
         * Fills {@code room} with all of the file.
         *
         * @return {@code room}, ready to be read
         */
        ByteBuffer read(ByteBuffer room) throws RefusedException;
    }

    private Body copyToFile(int length, Source source) throws RefusedException {
        synchronized (file) {
            if (!file.hasRoom(length, this::clear)) {
                return null;
            }
            try {
                return file.keep(source.read(ByteBuffer.allocate(length)));
            } catch (IOException e) {
                return null; // the disk is full, for temporary files
            }
        }
    }

    private synchronized void clear() {
        for (int i = 0; i < PLACES; i++) {
            table.set(i, null);
        }
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
