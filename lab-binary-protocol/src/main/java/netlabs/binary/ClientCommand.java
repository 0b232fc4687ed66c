package netlabs.binary;

import java.io.IOException;
import netlabs.common.cli.ClientRecording;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}. */
final class ClientCommand extends Subcommand {
    ClientCommand() {
        super("client", "Sends messages in frames and, with --echo, checks that the same frames come back.");
    }

    @Override
    protected void define(CommandSpec spec) {
        FrameOptions.addKind(spec);
        FrameOptions.addPad(spec);
        FrameOptions.addOrder(spec);
        spec.addOption(CommonOptions.flag("--echo", "The server sends every frame back: wait for it, and compare."));
        FrameOptions.addMaxSize(spec, "Send no longer message.");
        CommonOptions.addClient(spec, FrameOptions.DEFAULT_PORT_TEXT);
        CommonOptions.addMessageSource(spec, "typed, one per line, Ctrl-D ends.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException, InterruptedException {
        BinaryClient.Options options = new BinaryClient.Options(
                CommonOptions.value(parsed, "--host"),
                CommonOptions.port(parsed, FrameOptions.DEFAULT_PORT),
                CommonOptions.value(parsed, "--timeout"),
                FrameOptions.codec(parsed),
                CommonOptions.value(parsed, "--max-size"),
                CommonOptions.value(parsed, "--echo"),
                CommonOptions.value(parsed, "--order"),
                "");
        int maxLength = Math.toIntExact(options.maxSize());
        MessageSource keyboard = MessageSource.ofKeyboard(console.in(), maxLength);
        try (MessageSource messages =
                CommonOptions.messageSource(parsed, CommonOptions.arguments(parsed), keyboard, maxLength)) {
            BinaryClient client = new BinaryClient(options, console);
            ClientRecording recording =
                    CommonOptions.recordTcp(parsed, options.host(), options.port(), client, console);
            try (recording) {
                client.run(messages);
            }
        }
    }
}
