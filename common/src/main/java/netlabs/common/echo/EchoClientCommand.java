package netlabs.common.echo;

import netlabs.common.cli.TextClientCommand;
import netlabs.common.net.TextClient;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client} of an echo server. */
public final class EchoClientCommand extends TextClientCommand {
    /** The port of the sheets. */
    public static final int DEFAULT_PORT = 5005;

    /** For a lab's program. */
    public EchoClientCommand() {
        super(DEFAULT_PORT + ".");
    }

    @Override
    protected TextClient.Dialogue dialogue(CommandSpec parsed) {
        return new EchoDialogue();
    }

    @Override
    protected int defaultPort(CommandSpec parsed) {
        return DEFAULT_PORT;
    }
}
