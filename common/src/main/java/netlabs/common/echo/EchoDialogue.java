package netlabs.common.echo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import netlabs.common.console.Printable;
import netlabs.common.net.TextClient;

/** The client's side of an echo exercise: what comes back must be what was sent. */
public class EchoDialogue implements TextClient.Dialogue {
    private static final String ERROR = "error: ";

    @Override
    public String objection(byte[] message, byte[] reply) {
        if (Arrays.equals(message, reply)) {
            return null;
        }
        String text = new String(reply, StandardCharsets.UTF_8);
        return text.startsWith(ERROR)
                ? "answered with an error: " + text.substring(ERROR.length())
                : "answered " + Printable.quote(reply) + " to " + Printable.quote(message) + ", which is no echo";
    }
}
