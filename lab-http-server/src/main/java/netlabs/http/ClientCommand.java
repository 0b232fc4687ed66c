package netlabs.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.ClientRecording;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.console.Terminals;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}: {@code client <host> <port> <filename>}, or {@code client <filename>} with options. */
final class ClientCommand extends Subcommand {
    private static final int MAX_PORT = 65_535;

    ClientCommand() {
        super("client", "Fetches one file with GET, and prints status line, fields and body.");
    }

    @Override
    protected void define(CommandSpec spec) {
        CommonOptions.addClient(spec, ServerCommand.DEFAULT_PORT + ".");
        spec.addOption(CommonOptions.path("--output", "<file>", "Write the body here instead of printing it."));
        spec.addOption(CommonOptions.flag(
                "--fail", "Exit with 1, and show no page, if the server answers with a status of 400 or more."));
        spec.addOption(CommonOptions.flag("--head", "Ask for the head only: HEAD instead of GET."));
        spec.addPositional(CommonOptions.arguments(
                "[<host> <port>] <filename>",
                "The server, unless --host and --port say it, and the file, a path below the server's folder."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        List<String> arguments = CommonOptions.arguments(parsed);
        boolean all = arguments.size() == 3;
        if (!all && arguments.size() != 1) {
            throw new UsageException("wanted: <host> <port> <filename>, or <filename> alone");
        }
        if (all && (CommonOptions.isGiven(parsed, "--host") || CommonOptions.isGiven(parsed, "--port"))) {
            throw new UsageException("give host and port as arguments or as options, not both");
        }
        Path output = CommonOptions.value(parsed, "--output");
        boolean head = CommonOptions.value(parsed, "--head");
        if (head && output != null) {
            throw new UsageException("--head gets no body that --output could write");
        }
        WebClient.Options options = new WebClient.Options(
                all ? arguments.get(0) : CommonOptions.value(parsed, "--host"),
                all ? port(arguments.get(1)) : CommonOptions.port(parsed, ServerCommand.DEFAULT_PORT),
                CommonOptions.value(parsed, "--timeout"),
                head,
                CommonOptions.value(parsed, "--fail"));
        WebClient client = new WebClient(options, console);
        String file = arguments.get(arguments.size() - 1);
        if (isUrl(file) || isUrl(options.host())) {
            throw new UsageException("wanted: host, port and file name, each by itself, not a URL");
        }
        ClientRecording recording = CommonOptions.recordTcp(parsed, options.host(), options.port(), client, console);
        try (recording) {
            fetch(client, file, output, console);
        }
    }

    private static void fetch(WebClient client, String file, Path output, Console console) {
        if (output == null) {
            client.fetch(
                    file,
                    Terminals.isInteractive(console)
                            ? new BodySink.Text(console.out())
                            : new BodySink.Bytes(console.out().stream(), "standard output"));
            return;
        }
        try (BodySink.ToFile body = new BodySink.ToFile(output)) {
            client.fetch(file, body);
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", output, e);
        }
    }

    private static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    private static int port(String argument) {
        try {
            int port = Integer.parseInt(argument);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("'" + argument + "' is not a port, 1 to " + MAX_PORT);
    }
}
