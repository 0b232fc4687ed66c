package netlabs.http;

/**
 * What a representation is told apart by (RFC 9110 §8.8.3).
 *
 * @param weak whether another representation might have the same tag
 * @param opaque with its quotes: {@code "17a3f0c2b"}
 */
record EntityTag(boolean weak, String opaque) {
    /** A file system that counts in whole seconds, or two, shows two changes within them as one. */
    private static final long COARSE_NANOS = 2_000_000_000L;

    /** How far apart the kernel's own time stamps may be. */
    private static final long FINE_NANOS = 20_000_000L;

    /** How far {@code now} may be behind a time stamp of this moment: it counts milliseconds. */
    private static final long CLOCK_NANOS = 1_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * The tag of a file. It is weak while the file is so new that it could change once more without a new
     * time of modification.
     *
     * @param modified when the file was changed, in nanoseconds since 1970
     * @param size in bytes
     * @param file the hash of what the file system tells files apart by
     * @param now in nanoseconds since 1970
     */
    static EntityTag of(long modified, long size, int file, long now) {
        long age = now - modified;
        boolean coarse = modified % NANOS_PER_SECOND == 0;
        boolean weak = age > -CLOCK_NANOS && age < (coarse ? COARSE_NANOS : FINE_NANOS);
        long mixed = modified * 0x9e3779b97f4a7c15L + file;
        return new EntityTag(weak, '"' + Long.toHexString(mixed) + '-' + Long.toHexString(size) + '"');
    }

    /**
     * @return whether {@code list}, the value of If-None-Match, has this tag or is {@code *}; a weak one counts
     */
    boolean weaklyMatches(String list) {
        return matches(list, false);
    }

    /**
     * @return whether {@code list}, the value of If-Match, has this tag or is {@code *}; a weak one does not
     *     count, at either side
     */
    boolean stronglyMatches(String list) {
        return matches(list, true);
    }

    private boolean matches(String list, boolean strongly) {
        if (list.equals("*")) {
            return true;
        }
        // The quotes are part of the tag, and a tag has none inside: what stands between two is one.
        for (int from = list.indexOf('"'); from >= 0; ) {
            int to = list.indexOf('"', from + 1);
            if (to < 0) {
                return false;
            }
            boolean isWeak = from >= 2 && list.startsWith("W/", from - 2);
            if (list.regionMatches(from, opaque, 0, opaque.length())
                    && to + 1 - from == opaque.length()
                    && !(strongly && (weak || isWeak))) {
                return true;
            }
            from = list.indexOf('"', to + 1);
        }
        return false;
    }

    /**
     * @return as it stands in a field: {@code "17a3f0c2b"} or {@code W/"17a3f0c2b"}
     */
    @Override
    public String toString() {
        return weak ? "W/" + opaque : opaque;
    }
}
