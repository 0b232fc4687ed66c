package netlabs.common.net;

import java.io.IOException;

/** A peer broke a rule of the protocol, and what it sends next cannot be understood any more. */
public class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param what the peer has sent, without an article: {@code message longer than 65536 bytes}
     */
    public MalformedMessageException(String what) {
        super(what);
    }

    /**
     * @return what the peer is told before its connection is closed; empty where the protocol has no
     *     word for it
     */
    public byte[] lastWord() {
        return new byte[0];
    }
}
