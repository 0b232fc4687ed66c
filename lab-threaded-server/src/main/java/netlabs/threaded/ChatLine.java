package netlabs.threaded;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import netlabs.common.console.Printable;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageOptions;

/**
 * The lines of the chat on the wire: {@code NAME: text}, UTF-8, and a newline. A line of somebody
 * who gives no name, as with plain {@code nc}, is any text. Lines that begin with {@code *} are the
 * listener's own: what it tells one participant, and what it prints for its user.
 */
final class ChatLine {
    /** The longest line that may be said, in bytes, without its newline. */
    static final int MAX_LENGTH = 4 * 1024;

    /** What a listener takes from a participant. */
    static final MessageOptions SAID = new MessageOptions(Framing.LINE, MessageOptions.QUIET_PERIOD_MILLIS, MAX_LENGTH);

    /** What a joiner takes: an escaped line is up to four times as long as what was said. */
    static final MessageOptions HEARD = new MessageOptions(Framing.LINE, MessageOptions.QUIET_PERIOD_MILLIS);

    private static final int LONGEST_NAME = 32;
    private static final String MARK = "*";
    private static final String ERROR = "error:";

    private ChatLine() {}

    /**
     * @return whether it has 1 to 32 printable characters, no {@code :}, no space at either end, no
     *     {@code *} at the beginning, and is not the word error
     */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.indexOf(':') < 0
                && !name.startsWith(MARK)
                && !areAlike(name + ":", ERROR)
                && name.equals(name.strip())
                && name.equals(visible(name))
                && name.equals(Printable.escape(name));
    }

    /**
     * @return the name before the first colon of {@code line}; null if there is none
     */
    static String nameIn(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : visible(line.substring(0, colon)).strip();
        return isName(name) ? name : null;
    }

    /** Whether readers would take one for the other: {@code R2} and {@code r2}. */
    static boolean areAlike(String name, String other) {
        return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    /** What nobody but the listener may begin a line with: its own words could be forged. */
    static boolean isListeners(String line) {
        String shown = visible(line).strip();
        return shown.startsWith(MARK) || shown.toLowerCase(Locale.ROOT).startsWith(ERROR);
    }

    /** Whether it is a listener's last word, before it closes the connection. */
    static boolean isError(String line) {
        return line.startsWith(ERROR);
    }

    /**
     * @return what is wrong, of a line that {@link #isError}
     */
    static String error(String line) {
        return line.substring(ERROR.length()).strip();
    }

    /**
     * @return {@code * text}
     */
    static String ofListener(String text) {
        return MARK + " " + text;
    }

    /**
     * @return {@code line} and a newline in UTF-8, to leave in one write
     */
    static byte[] onWire(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@code line} may be sent. */
    static boolean fits(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
    }

    /** Without the characters that show nothing: zero-width spaces and the like. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> {
                    int type = Character.getType(c);
                    return type != Character.FORMAT && type != Character.UNASSIGNED && type != Character.PRIVATE_USE;
                })
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }
}
