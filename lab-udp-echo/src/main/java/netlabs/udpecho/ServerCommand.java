package netlabs.udpecho;

import java.io.IOException;
import java.net.InetAddress;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server}. */
final class ServerCommand extends Subcommand {
    ServerCommand() {
        super("server", "Serves all clients from one socket, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addListenerByExercise(spec, ExerciseOptions.DEFAULT_ADDRESSES, ExerciseOptions.DEFAULT_PORTS);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException, IOException {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        InetAddress bind = CommonOptions.value(parsed, "--bind");
        UdpServer.Options options = new UdpServer.Options(
                bind == null ? InetAddress.getByName(exercise.defaultAddress()) : bind,
                CommonOptions.port(parsed, exercise.defaultPort()),
                CommonOptions.value(parsed, "--quiet"),
                CommonOptions.capture(parsed));
        try (UdpServer server = UdpServer.bind(exercise, options, console)) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            if (exercise instanceof Chat) {
                server.answerFrom(MessageSource.ofKeyboard(console.in()));
            }
            server.await();
            hook.remove();
        }
    }
}
