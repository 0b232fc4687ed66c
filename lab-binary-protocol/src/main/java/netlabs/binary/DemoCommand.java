package netlabs.binary;

import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: the combined program, an echo server and its client as two threads of one process. */
final class DemoCommand extends Subcommand {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long MAX_SIZE = 1 << 20;

    /** Fixed frames cut the third in the middle of é and of ✓; the last is empty. */
    private static final List<String> SAMPLE =
            List.of("HELLO", "exactly 20 bytes ...", "three frames, a café cut in two and a ✓", "");

    DemoCommand() {
        super("demo", "Runs server and client in one process, as two threads, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        FrameOptions.addKind(spec);
        FrameOptions.addPad(spec);
        CommonOptions.addDemo(spec);
        CommonOptions.addMessageSource(spec, "a sample.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        FrameCodec codec = FrameOptions.codec(parsed);
        ServerOptions where = ServerOptions.ofDemo(CommonOptions.port(parsed, 0), CommonOptions.capture(parsed));
        MessageSource sample = MessageSource.of(SAMPLE);
        try (MessageSource messages = CommonOptions.messageSource(parsed, CommonOptions.arguments(parsed), sample)) {
            BinaryServer server =
                    new BinaryServer(new BinaryServer.Options(where, codec, MAX_SIZE, true, "[S]: "), console);
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            try (server) {
                server.start();
                BinaryClient.Options options = new BinaryClient.Options(
                        SocketAddresses.host(server.address().getAddress()),
                        server.address().getPort(),
                        TIMEOUT_MILLIS,
                        codec,
                        MAX_SIZE,
                        true,
                        1,
                        "[C]: ");
                new BinaryClient(options, console).run(messages);
            } finally {
                server.await(); // if the server failed, that is thrown: the client's failure only follows from it
            }
            hook.remove();
        }
        console.out().line("Done.");
    }
}
