package netlabs.http;

import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;

/**
 * How a web server runs.
 *
 * @param server where to listen, and the limits of every TCP server
 * @param model which thread serves a client; null: event loops do
 * @param loops how many event loops, where there is no {@code model}
 * @param lists whether a folder without index.html shows what is in it
 * @param requestMillis how long all of a request may take, from its first byte to its last
 */
record WebOptions(ServerOptions server, ThreadModel model, int loops, boolean lists, int requestMillis) {
    /** The longest body of a request that is read, to be dropped: 1 MiB. */
    static final long MAX_BODY = 1 << 20;

    /** Whether a connection is closed behind its first answer: with one client at a time, or others would wait. */
    boolean closesAtOnce() {
        return model instanceof ThreadModel.Iterative;
    }
}
