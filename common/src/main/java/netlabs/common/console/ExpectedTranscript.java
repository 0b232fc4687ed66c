package netlabs.common.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transcript or output file as it should be, with placeholders where runs differ: {@code <host>},
 * {@code <ip>}, {@code <port>}, {@code <ms>} (a time with a decimal point), {@code
 * <rate>} ({@code 812.3 MB/s}), {@code <text>} (any
 * rest). Everything else is compared byte by byte.
 */
public final class ExpectedTranscript {
    private static final Pattern PLACEHOLDER = Pattern.compile("<(host|ip|port|ms|rate|text)>");
    private static final int SHOWN_CHARACTERS = 200;

    private final List<String> lines;
    private final boolean endsWithNewline;

    /**
     * @param expected the whole file
     */
    public ExpectedTranscript(byte[] expected) {
        lines = lines(expected);
        endsWithNewline = endsWithNewline(expected);
    }

    /**
     * @return the differences, a line or two each, in the order of the lines; empty if {@code actual}
     *     is as expected
     */
    public List<String> differences(byte[] actual) {
        List<String> actualLines = lines(actual);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(lines.size(), actualLines.size()); i++) {
            String expected = i < lines.size() ? lines.get(i) : null;
            String got = i < actualLines.size() ? actualLines.get(i) : null;
            if (expected == null || got == null || !matches(expected, got)) {
                differences.add("line " + (i + 1) + "\n  expected: " + shown(expected) + "\n  actual:   " + shown(got));
            }
        }
        if (endsWithNewline != endsWithNewline(actual) && differences.isEmpty()) {
            differences.add("line " + lines.size() + "\n  "
                    + (endsWithNewline ? "no newline at the end" : "a newline at the end that should not be there"));
        }
        return differences;
    }

    private static boolean endsWithNewline(byte[] text) {
        return text.length == 0 || text[text.length - 1] == '\n';
    }

    private static boolean matches(String expected, String actual) {
        return PLACEHOLDER.matcher(expected).find()
                ? pattern(expected).matcher(actual).matches()
                : expected.equals(actual);
    }

    private static Pattern pattern(String expected) {
        StringBuilder pattern = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(expected);
        int end = 0;
        while (placeholder.find()) {
            pattern.append(Pattern.quote(expected.substring(end, placeholder.start())));
            pattern.append(
                    switch (placeholder.group(1)) {
                        case "host" -> "\\S+";
                        case "ip" -> "[0-9a-f.:]+(%\\w+)?";
                        case "port" -> "\\d{1,5}";
                        case "ms" -> " *\\d+\\.\\d+";
                        case "rate" -> "\\d+\\.\\d MB/s";
                        default -> ".*";
                    });
            end = placeholder.end();
        }
        return Pattern.compile(pattern + Pattern.quote(expected.substring(end)));
    }

    /** Latin-1 keeps every byte apart, valid UTF-8 or not. */
    private static List<String> lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static String shown(String line) {
        if (line == null) {
            return "(nothing)";
        }
        String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return Printable.escape(
                text.length() <= SHOWN_CHARACTERS
                        ? text
                        : text.substring(0, SHOWN_CHARACTERS) + "... (" + text.length() + " characters)");
    }
}
