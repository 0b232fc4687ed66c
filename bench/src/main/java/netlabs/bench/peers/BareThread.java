package netlabs.bench.peers;

import java.io.IOException;

/** {@link BareThreads} with a platform thread per client. */
public final class BareThread {
    private BareThread() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws IOException {
        BareThreads.serve(args, task -> new Thread(task).start());
    }
}
