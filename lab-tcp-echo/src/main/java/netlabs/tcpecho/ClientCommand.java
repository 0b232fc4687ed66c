package netlabs.tcpecho;

import java.io.IOException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}. */
final class ClientCommand extends Subcommand {
    ClientCommand() {
        super("client", "Sends messages and prints the replies.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addClient(spec, ExerciseOptions.DEFAULT_PORTS);
        spec.addOption(CommonOptions.choice(
                "--framing",
                "line: send and expect newlines. bare: send none, take one receive as the reply.",
                "line",
                "bare"));
        ExerciseOptions.addMessages(spec, "typed, one per line, Ctrl-D ends.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        TcpEchoClient.Options options = new TcpEchoClient.Options(
                CommonOptions.value(parsed, "--host"),
                CommonOptions.port(parsed, exercise.defaultPort()),
                CommonOptions.value(parsed, "--timeout"),
                CommonOptions.value(parsed, "--framing").equals("bare"));
        MessageSource keyboard = MessageSource.ofKeyboard(console.in());
        try (MessageSource messages = ExerciseOptions.messages(parsed, exercise, keyboard)) {
            new TcpEchoClient(exercise, options, console).run(messages, messages == keyboard);
        }
    }
}
