package netlabs.tcpecho;

import java.net.InetAddress;
import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.MessageSource;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.TextClient;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: the combined program, server and client as two threads of one process. */
final class DemoCommand extends Subcommand {
    private static final int TIMEOUT_MILLIS = 5_000;

    DemoCommand() {
        super("demo", "Runs server and client in one process, as two threads, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addDemo(spec);
        ExerciseOptions.addOut(spec);
        CommonOptions.addMessageSource(spec, "a sample.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        TcpEchoServer.Options options = new TcpEchoServer.Options(
                new ServerOptions(
                        InetAddress.getLoopbackAddress(),
                        CommonOptions.port(parsed, 0),
                        1,
                        true,
                        TIMEOUT_MILLIS,
                        false,
                        CommonOptions.capture(parsed)),
                MessageOptions.AUTO,
                ExerciseOptions.out(parsed, exercise));
        ExerciseOptions.requireTwoFiles(parsed, options.out());
        List<String> sample = exercise.messages(exercise.sample());
        try (MessageSource messages = ExerciseOptions.messages(parsed, exercise, MessageSource.of(sample))) {
            TcpEchoServer server = TcpEchoServer.start(exercise, options, console);
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            try (server) {
                // The server accepts from here on, so there is no need to guess how long it takes to start.
                clientOf(exercise, server, console).run(messages, false);
            } finally {
                server.await(); // if the server failed, that is thrown: the client's failure only follows from it
            }
            hook.remove();
        }
        console.out().line("Done.");
    }

    private static TextClient clientOf(Exercise exercise, TcpEchoServer server, Console console) {
        TextClient.Options options = new TextClient.Options(
                SocketAddresses.host(server.address().getAddress()),
                server.address().getPort(),
                TIMEOUT_MILLIS,
                false);
        return new TextClient(exercise, options, console);
    }
}
