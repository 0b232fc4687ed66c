package netlabs.common.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text from a peer, which should be UTF-8 and may be anything. */
public final class Utf8 {
    private Utf8() {}

    /**
     * @param err is warned if {@code message} is not valid UTF-8
     * @return {@code message} as text, U+FFFD where it is damaged
     */
    public static String decode(byte[] message, Diagnostics err) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(message, text.getBytes(StandardCharsets.UTF_8))) {
            err.warning("a message is not valid UTF-8, shown with U+FFFD where it is damaged");
        }
        return text;
    }

    /** As {@link #decode(byte[], Diagnostics)}; the position of {@code message} stays as it is. */
    public static String decode(ByteBuffer message, Diagnostics err) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return decode(bytes, err);
    }
}
