package netlabs.common.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A message from the wire as text: UTF-8 (LABS.md §0). */
public final class MessageText {
    private MessageText() {}

    /**
     * @param message its position and limit stay as they are
     * @param warnings is told if bytes are not UTF-8
     * @return the text, with U+FFFD in the place of malformed bytes
     */
    public static String of(ByteBuffer message, Diagnostics warnings) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(message.duplicate())
                    .toString();
        } catch (CharacterCodingException e) {
            warnings.warning("a message is not valid UTF-8, shown with U+FFFD where it is damaged");
            return StandardCharsets.UTF_8.decode(message.duplicate()).toString();
        }
    }
}
