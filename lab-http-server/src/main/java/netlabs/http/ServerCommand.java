package netlabs.http;

import java.nio.file.Path;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server}. */
final class ServerCommand extends Subcommand {
    static final int DEFAULT_PORT = 6789;

    ServerCommand() {
        super("server", "Serves the files of a folder over HTTP/1.1, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(CommonOptions.path("--root", "<dir>", "The folder to serve. Default: the current one."));
        spec.addOption(CommonOptions.flag("--list", "Show what is in a folder that has no index.html."));
        Models.add(spec);
        spec.addOption(CommonOptions.duration(
                "--request-timeout", 1, "10s", "How long all of a request may take, from its first byte to its last."));
        CommonOptions.addListener(spec, "127.0.0.1", DEFAULT_PORT + ".");
        CommonOptions.addLimits(spec, "300s");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        Path root = CommonOptions.value(parsed, "--root");
        WebOptions options = Models.options(
                parsed,
                CommonOptions.server(parsed, DEFAULT_PORT),
                CommonOptions.value(parsed, "--list"),
                CommonOptions.value(parsed, "--request-timeout"));
        try (WebServer server = new WebServer(options, root == null ? Path.of("") : root, console)) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            server.await();
            hook.remove();
        }
    }
}
