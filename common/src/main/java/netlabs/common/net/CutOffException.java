package netlabs.common.net;

import java.io.IOException;

/** What is being sent to a peer cannot be completed, and that is not the peer's fault; it gets a RST. */
public final class CutOffException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param why {@code page.html became shorter while it was sent}
     */
    public CutOffException(String why) {
        super(why);
    }

    /** The same with what a call of the file system failed with. */
    public CutOffException(String why, IOException cause) {
        super(why, cause);
    }
}
