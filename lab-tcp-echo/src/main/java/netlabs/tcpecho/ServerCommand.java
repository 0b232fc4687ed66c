package netlabs.tcpecho;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code server}. */
final class ServerCommand extends Subcommand {
    ServerCommand() {
        super("server", "Serves one client after the other, until Ctrl-C.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addServer(spec, "127.0.0.1", ExerciseOptions.DEFAULT_PORTS);
        CommonOptions.addMessages(spec);
        ExerciseOptions.addOut(spec);
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        TcpEchoServer.Options options = new TcpEchoServer.Options(
                CommonOptions.server(parsed, exercise.defaultPort()),
                CommonOptions.messages(parsed),
                ExerciseOptions.out(parsed, exercise));
        try (TcpEchoServer server = TcpEchoServer.bind(exercise, options, console)) {
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            server.start();
            server.await();
            hook.remove();
        }
    }
}
