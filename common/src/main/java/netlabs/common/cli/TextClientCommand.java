package netlabs.common.cli;

import java.io.IOException;
import java.util.List;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import netlabs.common.net.TextClient;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client} of a text exercise over TCP: its options, and a {@link TextClient} that runs by them. */
public abstract class TextClientCommand extends Subcommand {
    private final String defaultPorts;

    /**
     * @param defaultPorts what the help says of the default port
     */
    protected TextClientCommand(String defaultPorts) {
        super("client", "Sends messages and prints the replies.");
        this.defaultPorts = defaultPorts;
    }

    /**
     * @return the exercise's side of the client
     */
    protected abstract TextClient.Dialogue dialogue(CommandSpec parsed);

    /**
     * @return the port where {@code --port} is not given
     */
    protected abstract int defaultPort(CommandSpec parsed);

    /**
     * @return the messages that the free arguments stand for
     */
    protected List<String> messages(CommandSpec parsed) {
        return CommonOptions.arguments(parsed);
    }

    @Override
    protected void define(CommandSpec spec) {
        CommonOptions.addClient(spec, defaultPorts);
        spec.addOption(CommonOptions.choice(
                "--framing",
                "line: send and expect newlines. bare: send none, take one receive as the reply.",
                "line",
                "bare"));
        CommonOptions.addMessageSource(spec, "typed, one per line, Ctrl-D ends.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        TextClient.Options options = new TextClient.Options(
                CommonOptions.value(parsed, "--host"),
                CommonOptions.port(parsed, defaultPort(parsed)),
                CommonOptions.value(parsed, "--timeout"),
                CommonOptions.value(parsed, "--framing").equals("bare"));
        TextClient client = new TextClient(dialogue(parsed), options, console);
        MessageSource keyboard = MessageSource.ofKeyboard(console.in());
        try (MessageSource messages = CommonOptions.messageSource(parsed, messages(parsed), keyboard)) {
            ClientRecording recording =
                    CommonOptions.recordTcp(parsed, options.host(), options.port(), client, console);
            try (recording) {
                client.run(messages, messages == keyboard);
            }
        }
    }
}
