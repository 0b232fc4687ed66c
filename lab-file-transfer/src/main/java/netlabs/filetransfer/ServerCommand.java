package netlabs.filetransfer;

import java.net.InetAddress;
import java.nio.file.Path;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code server}: stores what clients send; with {@code --raw} also sends. */
final class ServerCommand extends Subcommand {
    /** Each client that is sending has a thread and up to 3 MiB of buffers. */
    private static final int MAX_CLIENTS = 100;

    ServerCommand() {
        super("server", "Stores the files that clients send in a folder, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        TransferOptions.addStoring(spec);
        spec.addOption(CommonOptions.path(
                "--dir", "<dir>", "Where the files are stored. A client chooses their names, not their folder."));
        TransferOptions.addRaw(
                spec,
                "No headers: store what a client sends until it half-closes as --output, or give it --send.",
                OptionSpec.builder("--output")
                        .paramLabel("<name>")
                        .type(String.class)
                        .description("With --raw: the name to store under, in --dir; - for standard output.")
                        .build());
        spec.addOption(CommonOptions.path("--send", "<file>", "With --raw: send this to each client."));
        CommonOptions.addListener(spec, "127.0.0.1", TransferOptions.DEFAULT_PORT + ".");
        CommonOptions.addLimits(spec, MAX_CLIENTS, "300s");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        ServerOptions options = CommonOptions.server(parsed, TransferOptions.DEFAULT_PORT);
        BlockingAcceptor.Service service = service(parsed, options, console);
        FileTransferServer server = new FileTransferServer(options, service, console);
        try (server) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            tellHowOthersGetIn(options.bind(), parsed, console);
            server.await();
            hook.remove();
        }
    }

    private static BlockingAcceptor.Service service(CommandSpec parsed, ServerOptions options, Console console) {
        Path dir = CommonOptions.value(parsed, "--dir");
        Path send = CommonOptions.value(parsed, "--send");
        String output = CommonOptions.value(parsed, "--output");
        TransferTranscript transcript =
                new TransferTranscript(TransferOptions.linesBeside(output, console), options.quiet());
        boolean raw = CommonOptions.value(parsed, "--raw");
        boolean digest = TransferOptions.digest(parsed);
        if (!raw && (send != null || output != null || !digest)) {
            throw new UsageException("--output, --send and --no-digest of a server go with --raw only");
        }
        if (raw && (send == null) == (output == null)) {
            throw new UsageException("a server with --raw takes either --output <name> or --send <file>");
        }
        boolean toFolder = send == null && !TransferOptions.isStandardOutput(output);
        if (toFolder == (dir == null)) {
            throw new UsageException(toFolder ? "missing --dir <dir>" : "--dir is for files that are stored");
        }
        if (!toFolder
                && (CommonOptions.isGiven(parsed, "--overwrite") || CommonOptions.isGiven(parsed, "--max-size"))) {
            throw new UsageException("--overwrite and --max-size are for files that are stored");
        }
        if (send != null) {
            RawSender sender = new RawSender(send, digest, transcript);
            sender.checkReadable(); // now, not when the first client comes
            return new RawSending(sender);
        }
        if (!raw) {
            return new Storing(TransferOptions.folder(parsed, dir), options.once(), transcript, console);
        }
        String fault = FileName.fault(output, false);
        if (fault != null) {
            throw new UsageException("--output " + output + ": " + fault);
        }
        RawReceiver receiver = TransferOptions.receiver(parsed, dir, output, transcript);
        return new RawStoring(receiver, options.once(), console);
    }

    private static void tellHowOthersGetIn(InetAddress bind, CommandSpec parsed, Console console) {
        if (!bind.isLoopbackAddress()) {
            return;
        }
        String what = "store files here";
        if (CommonOptions.value(parsed, "--send") != null) {
            what = "fetch this file";
        } else if (TransferOptions.isStandardOutput(CommonOptions.value(parsed, "--output"))) {
            what = "write to standard output";
        }
        console.err().note("only this host can connect; --bind 0.0.0.0 lets others in, who can then " + what);
    }
}
