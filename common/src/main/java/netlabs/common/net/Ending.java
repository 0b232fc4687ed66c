package netlabs.common.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What ended a message on the wire. It is not part of the message's content. */
public enum Ending {
    /** Nothing on the wire: a pause or the half-close. */
    NONE(""),
    /** {@code \n} */
    LF("\n"),
    /** {@code \r\n} */
    CRLF("\r\n");

    /** The length of the longest, in bytes. */
    static final int LONGEST = 2;

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /**
     * @return content and ending in one array, to leave in one write and so in one segment where they
     *     fit
     */
    public byte[] behind(byte[] content) {
        byte[] whole = Arrays.copyOf(content, content.length + text.length());
        append(ByteBuffer.wrap(whole).position(content.length));
        return whole;
    }

    /** Writes this ending at the position of {@code bytes}. */
    void append(ByteBuffer bytes) {
        for (int i = 0; i < text.length(); i++) {
            bytes.put((byte) text.charAt(i));
        }
    }

    /** The ending of the reply to a message that ended like this: a newline for a newline. */
    public Ending ofReply() {
        return this == NONE ? NONE : LF;
    }
}
