package netlabs.bench;

import java.util.regex.Pattern;

/**
 * What a reader says that it found in a capture.
 *
 * @param count how many TCP connections
 * @param frames how many frames all of them have together
 */
record Conversations(int count, long frames) {
    /** {@code 10.0.3.1:56048 <-> 10.0.3.2:5005    5 344 bytes    6 410 bytes    11 754 bytes ...}: both ways together. */
    private static final Pattern OF_TSHARK =
            Pattern.compile("^\\S+:\\d+ +<-> \\S+:\\d+ +\\d+ +\\d+ \\S+ +\\d+ +\\d+ \\S+ +(\\d+) ", Pattern.MULTILINE);

    private static final Pattern STREAM = Pattern.compile("^TCP stream \\d+: ", Pattern.MULTILINE);

    /** {@code   to server   6 bytes of payload in 1 segment; 6 frames, 410 bytes with headers}: one way. */
    private static final Pattern WAY =
            Pattern.compile("^  to (?:server|client) .*; (\\d+) frames?, ", Pattern.MULTILINE);

    /**
     * @param said what {@code tshark -q -z conv,tcp} has printed
     */
    static Conversations ofTshark(String said) {
        return new Conversations(count(OF_TSHARK, said), sum(OF_TSHARK, said));
    }

    /**
     * @param said what {@code capture analyze} has printed
     */
    static Conversations ofAnalyze(String said) {
        return new Conversations(count(STREAM, said), sum(WAY, said));
    }

    private static int count(Pattern line, String said) {
        return (int) line.matcher(said).results().count();
    }

    private static long sum(Pattern line, String said) {
        return line.matcher(said)
                .results()
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .sum();
    }
}
