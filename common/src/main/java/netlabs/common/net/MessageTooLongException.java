package netlabs.common.net;

import java.nio.charset.StandardCharsets;

/** A peer's message is longer than the bound; where it ends is not known. */
public final class MessageTooLongException extends MalformedMessageException {
    private static final long serialVersionUID = 1;

    MessageTooLongException(int bound) {
        super("message longer than " + bound + " bytes");
    }

    /** {@code error: message longer than 65536 bytes} and LF. */
    @Override
    public byte[] lastWord() {
        return ("error: " + getMessage() + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
