package netlabs.filetransfer;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.cli.ClientRecording;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}: sends files; with {@code --raw} also receives one. */
final class ClientCommand extends Subcommand {
    ClientCommand() {
        super("client", "Sends files to the server, which stores them under their names.");
    }

    @Override
    protected void define(CommandSpec spec) {
        CommonOptions.addClient(spec, TransferOptions.DEFAULT_PORT + ".");
        spec.addOption(CommonOptions.flag("--resume", "Go on where an interrupted transfer of the file ended."));
        TransferOptions.addRaw(
                spec,
                "No headers: send the file's bytes until its end, or receive until the server closes.",
                CommonOptions.path(
                        "--output", "<file>", "With --raw: receive, and store it here; - for standard output."));
        TransferOptions.addStoring(spec);
        spec.addOption(CommonOptions.quiet());
        spec.addPositional(CommonOptions.files("The files."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) {
        List<Path> files = CommonOptions.files(parsed);
        Path given = CommonOptions.value(parsed, "--output");
        String output = given == null ? null : given.toString();
        boolean raw = CommonOptions.value(parsed, "--raw");
        boolean resume = CommonOptions.value(parsed, "--resume");
        boolean digest = TransferOptions.digest(parsed);
        checkUsage(parsed, files, output, raw, resume, digest);
        TransferTranscript transcript = new TransferTranscript(
                TransferOptions.linesBeside(output, console), CommonOptions.value(parsed, "--quiet"));
        FileTransferClient.Options options = new FileTransferClient.Options(
                CommonOptions.value(parsed, "--host"),
                CommonOptions.port(parsed, TransferOptions.DEFAULT_PORT),
                CommonOptions.value(parsed, "--timeout"),
                resume,
                digest);
        if (raw) {
            RawClient client = new RawClient(options, console);
            ClientRecording recording =
                    CommonOptions.recordTcp(parsed, options.host(), options.port(), client::abort, console);
            try (recording) {
                runRaw(parsed, client, files, given, options, transcript);
            }
            return;
        }
        FileTransferClient client = new FileTransferClient(options, transcript, console);
        ClientRecording recording =
                CommonOptions.recordTcp(parsed, options.host(), options.port(), client::abort, console);
        try (recording;
                client) {
            client.send(files);
        }
    }

    private static void runRaw(
            CommandSpec parsed,
            RawClient client,
            List<Path> files,
            Path output,
            FileTransferClient.Options options,
            TransferTranscript transcript) {
        if (output == null) {
            client.send(new RawSender(files.get(0), options.digest(), transcript));
            return;
        }
        Path file = output.toAbsolutePath();
        if (file.getFileName() == null) {
            throw new UsageException("--output " + output + " names no file");
        }
        client.receive(TransferOptions.receiver(
                parsed, file.getParent(), file.getFileName().toString(), transcript));
    }

    private static void checkUsage(
            CommandSpec parsed, List<Path> files, String output, boolean raw, boolean resume, boolean digest) {
        if (!raw && output != null) {
            throw new UsageException("--output goes with --raw only");
        }
        if (output == null ? files.isEmpty() : !files.isEmpty()) {
            throw new UsageException(
                    output == null ? "missing the files to send" : "--output receives: no files are sent");
        }
        if ((output == null || TransferOptions.isStandardOutput(output))
                && (CommonOptions.isGiven(parsed, "--overwrite") || CommonOptions.isGiven(parsed, "--max-size"))) {
            throw new UsageException(
                    "--overwrite and --max-size of a client are for what it stores: with --output <file> only");
        }
        if (raw && files.size() > 1) {
            throw new UsageException("--raw sends one file: nothing but its end tells where it ends");
        }
        if (resume && (raw || !digest)) {
            throw new UsageException(
                    "--resume needs the digest to find out what is there: not with --raw or --no-digest");
        }
    }
}
