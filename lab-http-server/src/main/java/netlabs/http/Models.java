package netlabs.http;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;
import picocli.CommandLine.Model.CommandSpec;

/** {@code --model} and what goes with it. */
final class Models {
    private static final int POOL_SIZE = 16;

    private Models() {}

    static void add(CommandSpec spec) {
        spec.addOption(CommonOptions.choice(
                "--model",
                "Who serves a client: the one thread, one client at a time; a thread for each; a pool of threads; a"
                        + " virtual thread (Java 21) for each; or an event loop, all of them.",
                "iterative",
                "thread",
                "pool",
                "virtual",
                "selector"));
        spec.addOption(CommonOptions.number(
                "--pool-size", 1, 10_000, POOL_SIZE, "How many threads the pool has; only with --model pool."));
        spec.addOption(CommonOptions.number(
                "--loops", 1, 256, 1, "How many event loops, each with a thread; only with --model selector."));
    }

    /** Reads back what {@link #add} added. */
    static WebOptions options(CommandSpec parsed, ServerOptions server, boolean lists, int requestMillis) {
        String model = CommonOptions.value(parsed, "--model");
        int poolSize = CommonOptions.value(parsed, "--pool-size");
        int loops = CommonOptions.value(parsed, "--loops");
        if (CommonOptions.isGiven(parsed, "--pool-size") && !model.equals("pool")) {
            throw new UsageException("--pool-size goes with --model pool only");
        }
        if (CommonOptions.isGiven(parsed, "--loops") && !model.equals("selector")) {
            throw new UsageException("--loops goes with --model selector only");
        }
        ThreadModel threads = switch (model) {
            case "thread" -> new ThreadModel.PerClient();
            case "pool" -> new ThreadModel.Pool(poolSize);
            case "virtual" -> new ThreadModel.Virtual();
            case "selector" -> null;
            default -> new ThreadModel.Iterative();
        };
        return new WebOptions(server, threads, loops, lists, requestMillis);
    }
}
