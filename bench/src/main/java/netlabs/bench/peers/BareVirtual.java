package netlabs.bench.peers;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** {@link BareThreads} with a virtual thread per client (JEP 444): needs Java 21. */
public final class BareVirtual {
    private BareVirtual() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        // By reflection, because this is compiled for Java 17.
        Executor threads = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        BareThreads.serve(args, threads);
    }
}
