package netlabs.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consecutive bytes of a file (RFC 9110 §14).
 *
 * @param first the position of the first one
 * @param last the position of the last one, not before the first
 */
record ByteRange(long first, long last) {
    /** A Range with more than that is ignored, as RFC 9110 §14.2 allows: nobody needs it but to make work. */
    static final int MOST = 20;

    /** Numbers may have any number of digits; this one stands for all that are larger. */
    private static final long BEYOND_ANY_FILE = Long.MAX_VALUE / 20;

    long length() {
        return last - first + 1;
    }

    /**
     * Reads the value of a Range field.
     *
     * @param size of the file, in bytes
     * @return the ranges that the file has some bytes of, in the order asked for, those that overlap made one;
     *     empty if it has none; null if the field is to be ignored: not of bytes, malformed, or too many
     */
    static List<ByteRange> parse(String value, long size) {
        if (!value.regionMatches(true, 0, "bytes=", 0, 6)) {
            return null;
        }
        String[] specs = value.substring(6).split(",", MOST + 2);
        if (specs.length > MOST) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        boolean any = false;
        for (String spec : specs) {
            String text = spec.strip();
            if (text.isEmpty()) {
                continue; // a list may have empty elements (RFC 9110 §5.6.1)
            }
            any = true;
            int dash = text.indexOf('-');
            Long first = dash < 0 ? null : number(text.substring(0, dash));
            Long last = dash < 0 ? null : number(text.substring(dash + 1));
            boolean suffix = dash == 0;
            boolean open = dash == text.length() - 1;
            if (dash < 0 || suffix && last == null || !suffix && first == null || !open && last == null) {
                return null;
            }
            if (!suffix && !open && last < first) {
                return null;
            }
            if (size == 0 && suffix && last > 0) {
                return null; // satisfiable (§14.1.2), but nothing has no Content-Range: all of the file, which is
                // nothing
            }
            long from = suffix ? Math.max(0, size - last) : first;
            long to = suffix || open ? size - 1 : Math.min(last, size - 1);
            if (from <= to) {
                ranges.add(new ByteRange(from, to));
            }
        }
        return any ? withoutOverlaps(ranges) : null;
    }

    private static Long number(String digits) {
        if (digits.isEmpty()) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return null;
            }
            number = Math.min(BEYOND_ANY_FILE, 10 * number + digits.charAt(i) - '0');
        }
        return number;
    }

    private static List<ByteRange> withoutOverlaps(List<ByteRange> ranges) {
        List<ByteRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(ByteRange::first));
        List<ByteRange> merged = new ArrayList<>();
        for (ByteRange range : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && range.first <= merged.get(end).last) {
                ByteRange before = merged.get(end);
                merged.set(end, new ByteRange(before.first, Math.max(before.last, range.last)));
            } else {
                merged.add(range);
            }
        }
        return merged.size() == ranges.size() ? ranges : merged;
    }
}
