package netlabs.common.net;

import java.io.IOException;

/** A peer's message is longer than the bound; where it ends is not known. */
public final class MessageTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    MessageTooLongException(int bound) {
        super("message longer than " + bound + " bytes");
    }
}
