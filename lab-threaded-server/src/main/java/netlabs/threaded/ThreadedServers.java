package netlabs.threaded;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoServers;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;
import picocli.CommandLine.Model.CommandSpec;

/** {@link ThreadedServer}s by {@code --model} and {@code --pool-size}. */
final class ThreadedServers implements EchoServers {
    private static final int MAX_POOL_SIZE = 10_000;
    private static final int POOL_SIZE = 4;

    @Override
    public void define(CommandSpec spec) {
        spec.addOption(CommonOptions.choice(
                "--model",
                "A thread for each client, a pool of them, or a virtual thread (Java 21) for each client.",
                "thread",
                "pool",
                "virtual"));
        spec.addOption(CommonOptions.number(
                "--pool-size", 1, MAX_POOL_SIZE, POOL_SIZE, "How many threads the pool has; only with --model pool."));
    }

    @Override
    public ThreadedServer bind(CommandSpec parsed, ServerOptions options, MessageOptions messages, Console console) {
        return new ThreadedServer(new ThreadedServer.Options(options, messages, model(parsed)), console);
    }

    private static ThreadModel model(CommandSpec parsed) {
        String name = CommonOptions.value(parsed, "--model");
        int poolSize = CommonOptions.value(parsed, "--pool-size");
        if (poolSize != POOL_SIZE && !name.equals("pool")) {
            throw new UsageException("--pool-size goes with --model pool only");
        }
        return switch (name) {
            case "pool" -> new ThreadModel.Pool(poolSize);
            case "virtual" -> new ThreadModel.Virtual();
            default -> new ThreadModel.PerClient();
        };
    }
}
