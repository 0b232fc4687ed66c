package netlabs.common.console;

import java.nio.charset.StandardCharsets;

/**
 * Makes text from a peer harmless on a terminal. Characters that can steer one are written the way
 * Python writes them: {@code \n}, {@code \r}, {@code \t}, {@code \x1b}, {@code \u202e}. A backslash
 * stays as it is, so that every printable character of a keyboard prints as itself.
 */
public final class Printable {
    private static final int QUOTED_CHARACTERS = 40;

    private Printable() {}

    /**
     * @return {@code text} with every control, bidirectional-override, line-separator and unpaired
     *     surrogate character escaped; {@code text} itself where there is none
     */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text, i)) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    /**
     * @param utf8 a message
     * @return at most 40 characters of it in quotes, made harmless: {@code 'HELLO'}
     */
    public static String quote(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        int end = Math.min(text.length(), QUOTED_CHARACTERS);
        return "'" + escape(text.substring(0, end)) + (end < text.length() ? "...'" : "'");
    }

    private static String escapeFrom(String text, int first) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnsafe(text, i)) {
                escaped.append(c);
                continue;
            }
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> escaped.append(c < 0x100 ? "\\x" : "\\u").append(hex(c, c < 0x100 ? 2 : 4));
            }
        }
        return escaped.toString();
    }

    private static String hex(char c, int digits) {
        String hex = Integer.toHexString(c);
        return "0".repeat(digits - hex.length()) + hex;
    }

    private static boolean isUnsafe(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x7f) {
            return c < ' ';
        }
        return c <= 0x9f // DEL and C1, among them the 8-bit form of ESC [
                || c == 0x061c
                || (c >= 0x200e && c <= 0x200f) // marks that change the direction of writing
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || (Character.isHighSurrogate(c)
                        && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))))
                || (Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1))));
    }
}
