package netlabs.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: a server with a folder of its own and a client, as two threads of one process. */
final class DemoCommand extends Subcommand {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String PAGE = "<!DOCTYPE html>\n<title>Hello</title>\n<h1>Hello, world!</h1>\n";

    DemoCommand() {
        super("demo", "Runs server and client in one process, as two threads, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        Models.add(spec);
        spec.addOption(CommonOptions.path("--root", "<dir>", "The folder to serve. Default: one with a page in it."));
        CommonOptions.addDemo(spec);
        spec.addPositional(CommonOptions.arguments(
                "[<filename>...]", "What the client asks for. Without any: a page, and one that is missing."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        Path root = CommonOptions.value(parsed, "--root");
        if (root != null) {
            serve(parsed, root, console);
            return;
        }
        Path folder = Files.createTempDirectory("netlabs-demo");
        Path page = folder.resolve("hello.html");
        ShutdownHook hook = ShutdownHook.closing(() -> delete(page, folder), console.err()); // Ctrl-C
        try {
            Files.write(page, PAGE.getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(page, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            serve(parsed, folder, console);
        } finally {
            delete(page, folder);
            hook.remove();
        }
    }

    private static void delete(Path page, Path folder) throws IOException {
        Files.deleteIfExists(page);
        Files.deleteIfExists(folder);
    }

    private static void serve(CommandSpec parsed, Path root, Console console) throws IOException, InterruptedException {
        ServerOptions where = ServerOptions.ofDemo(CommonOptions.port(parsed, 0), CommonOptions.capture(parsed));
        // What the server prints is shown when the client is done: else the two would print at the same moment.
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Console held = new Console(console.in(), new Transcript(lines), console.err());
        WebServer server = new WebServer(Models.options(parsed, where, false, TIMEOUT_MILLIS), root, held);
        List<String> files = CommonOptions.arguments(parsed);
        ShutdownHook hook = ShutdownHook.closing(server, console.err());
        try (server) {
            server.start();
            show(lines, console);
            WebClient.Options options = new WebClient.Options(
                    SocketAddresses.host(server.address().getAddress()),
                    server.address().getPort(),
                    TIMEOUT_MILLIS,
                    false,
                    false);
            WebClient client = new WebClient(options, console);
            for (String file : files.isEmpty() ? List.of("hello.html", "missing.html") : files) {
                client.fetch(file, new BodySink.Text(console.out()));
                server.awaitClients(0, TIMEOUT_MILLIS);
                show(lines, console);
            }
        } finally {
            server.await(); // if the server failed, that is thrown: the client's failure only follows from it
        }
        hook.remove();
        console.out().line("Done.");
    }

    private static void show(ByteArrayOutputStream lines, Console console) {
        synchronized (lines) { // as its own methods are
            console.out().print(lines.toString(StandardCharsets.UTF_8));
            lines.reset();
        }
    }
}
