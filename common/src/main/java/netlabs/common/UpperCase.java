package netlabs.common;

import java.util.Locale;

/**
 * Text in upper case, in time that grows with its length. {@link String#toUpperCase(Locale)} copies
 * all it has for each letter that becomes longer (on Java 17 and 25): 64 KiB of ΐ, which has three
 * letters in upper case, take it seconds, in which a server of one thread answers nobody.
 */
public final class UpperCase {
    private UpperCase() {}

    /**
     * @return what {@code text.toUpperCase(Locale.ROOT)} is: Unicode's full mappings, so that ß becomes
     *     SS. None of them depends on the letters around.
     */
    public static String of(String text) {
        StringBuilder upper = new StringBuilder(text.length() + 16);
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c < 0x80) {
                upper.append((char) (c >= 'a' && c <= 'z' ? c - 0x20 : c));
            } else {
                upper.append(Character.toString(c).toUpperCase(Locale.ROOT));
            }
        }
        return upper.toString();
    }
}
