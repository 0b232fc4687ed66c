package netlabs.http;

import java.nio.file.Path;

/**
 * A file that may be served, as it was when it was looked at.
 *
 * @param file its real path: no link in it
 * @param size in bytes
 * @param modified in nanoseconds since 1970
 * @param tag tells this state of the file from others
 * @param mediaType the value of Content-Type
 */
record Resource(Path file, long size, long modified, EntityTag tag, String mediaType) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * @return when it was last modified, in seconds since 1970
     */
    long modifiedSecond() {
        return Math.floorDiv(modified, NANOS_PER_SECOND);
    }

    /** Whether {@code other} is the same file in the same state. */
    boolean isUnchanged(Resource other) {
        return size == other.size
                && modified == other.modified
                && tag.opaque().equals(other.tag.opaque())
                && file.equals(other.file);
    }
}
