package netlabs.common.net;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Is told what an {@link EventLoop} does with its keys, in the loop's thread. */
public interface EventTrace {
    /** {@code select} is about to wait for the selector's keys. */
    void waits(Selector selector);

    /** {@code select} reports {@code key}. */
    void ready(SelectionKey key);

    /** A channel was registered: {@code key} is new. */
    void registered(SelectionKey key);

    /** The interest set of {@code key} was {@code before} and is another one now. */
    void interestChanged(SelectionKey key, int before);

    /** The channel of {@code key} is closed. */
    void closed(SelectionKey key);
}
