package netlabs.filetransfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: server and client in one process; files of its own, which it deletes again. */
final class DemoCommand extends Subcommand {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int SAMPLE_LINES = 100_000;

    DemoCommand() {
        super("demo", "Sends a few files to a server in the same process, compares them, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        CommonOptions.addDemo(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        Path root = Files.createTempDirectory("netlabs-file-transfer");
        try {
            Path stored = Files.createDirectory(root.resolve("stored"));
            Path sent = Files.createDirectory(root.resolve("sent"));
            ServerOptions where = ServerOptions.ofDemo(CommonOptions.port(parsed, 0), CommonOptions.capture(parsed));
            transfer(samples(sent), stored, where, console);
        } finally {
            delete(root);
        }
        console.out().line("Done.");
    }

    private static void transfer(List<Path> files, Path stored, ServerOptions options, Console console)
            throws Exception {
        TransferTranscript transcript = new TransferTranscript(console, false);
        Storing storing = new Storing(Folder.open(stored, false, Long.MAX_VALUE), false, transcript, console);
        FileTransferServer server = new FileTransferServer(options, storing, console);
        ShutdownHook hook = ShutdownHook.closing(server, console.err());
        try (server) {
            server.start();
            FileTransferClient.Options toServer = new FileTransferClient.Options(
                    SocketAddresses.host(server.address().getAddress()),
                    server.address().getPort(),
                    TIMEOUT_MILLIS,
                    false,
                    true);
            try (FileTransferClient client = new FileTransferClient(toServer, transcript, console)) {
                client.send(files);
            }
        } finally {
            server.await(); // if the server failed, that is thrown: the client's failure only follows from it
        }
        hook.remove();
        for (Path file : files) {
            if (Files.mismatch(file, stored.resolve(file.getFileName())) >= 0) {
                throw new LabException(file.getFileName() + " was stored with other bytes");
            }
        }
    }

    private static List<Path> samples(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= SAMPLE_LINES; i++) {
            lines.append("line ").append(i).append('\n');
        }
        return List.of(
                Files.writeString(folder.resolve("hello.txt"), "Hello, World!\n"),
                Files.writeString(folder.resolve("empty"), ""),
                Files.writeString(folder.resolve("many lines.txt"), lines));
    }

    private static void delete(Path root) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root)) {
            tree.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) { // what is in a folder comes behind it
            Files.delete(all.get(i));
        }
    }
}
