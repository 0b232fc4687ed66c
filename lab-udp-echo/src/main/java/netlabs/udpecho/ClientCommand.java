package netlabs.udpecho;

import java.io.IOException;
import netlabs.common.cli.ClientRecording;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}. */
final class ClientCommand extends Subcommand {
    private static final int MOST_RETRIES = 1_000;

    ClientCommand() {
        super("client", "Sends each message as one datagram and prints the reply.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addClient(spec, ExerciseOptions.DEFAULT_PORTS);
        spec.addOption(CommonOptions.number(
                "--retries", 0, MOST_RETRIES, 0, "How often a message is sent again when no reply comes in time."));
        spec.addOption(CommonOptions.flag("--loop", "upper: ask for one message after the other, until quit."));
        CommonOptions.addMessageSource(spec, "typed.");
        spec.usageMessage()
                .footer("In chat a human answers: without --timeout the client waits "
                        + new Chat().replyMillis() / 60_000 + " minutes.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        boolean timeoutGiven = parsed.commandLine().getParseResult().hasMatchedOption("--timeout");
        UdpClient.Options options = new UdpClient.Options(
                CommonOptions.value(parsed, "--host"),
                CommonOptions.port(parsed, exercise.defaultPort()),
                timeoutGiven ? CommonOptions.value(parsed, "--timeout") : exercise.replyMillis(),
                CommonOptions.value(parsed, "--retries"),
                CommonOptions.value(parsed, "--loop"));
        if (!exercise.hasReplies() && (options.loop() || options.retries() > 0)) {
            throw new UsageException("--loop and --retries do not go with --exercise print, which has no replies");
        }
        if (options.loop()
                && (CommonOptions.value(parsed, "--in") != null
                        || !CommonOptions.arguments(parsed).isEmpty())) {
            throw new UsageException("--loop asks for messages: it does not go with --in or messages as arguments");
        }
        UdpClient client = new UdpClient(exercise, options, console);
        MessageSource keyboard = MessageSource.ofKeyboard(console.in());
        try (MessageSource messages = CommonOptions.messageSource(parsed, CommonOptions.arguments(parsed), keyboard)) {
            ClientRecording recording = CommonOptions.recordUdp(parsed, options.host(), options.port(), console);
            try (recording) {
                client.run(messages, messages == keyboard);
            }
        }
    }
}
