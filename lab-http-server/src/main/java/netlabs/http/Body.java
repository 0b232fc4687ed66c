package netlabs.http;

import java.nio.ByteBuffer;
import java.util.List;

/** What follows the head of an answer, and where it comes from. */
sealed interface Body {
    /** There is none. */
    Body NONE = new Small(new byte[0]);

    /** So short that it is copied behind the head, and leaves in the same write. */
    record Small(byte[] bytes) implements Body {
        /** In bytes, together with the head where that is long: every buffer for answers has room for both. */
        static final int MOST = 8 * 1024;

        @Override
        public long length() {
            return bytes.length;
        }
    }

    /**
     * Segments, one after the other.
     *
     * @param file of the {@link Section}s; null where there is none. Whoever sends the body closes it.
     */
    record Segments(OpenFile file, List<Segment> segments) implements Body {
        @Override
        public long length() {
            long length = 0;
            for (Segment segment : segments) {
                length += segment.length();
            }
            return length;
        }
    }

    /** Some of a body that is in one place. */
    sealed interface Segment {
        /**
         * @return in bytes
         */
        long length();
    }

    /**
     * In memory.
     *
     * @param content is not changed by sending it; best a direct buffer where it is long
     */
    record Memory(ByteBuffer content) implements Segment {
        @Override
        public long length() {
            return content.remaining();
        }
    }

    /** In the file. */
    record Section(ByteRange range) implements Segment {
        @Override
        public long length() {
            return range.length();
        }
    }

    /**
     * @return in bytes
     */
    long length();
}
