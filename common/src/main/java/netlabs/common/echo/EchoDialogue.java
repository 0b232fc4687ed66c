package netlabs.common.echo;

import java.util.Arrays;
import netlabs.common.console.Printable;
import netlabs.common.net.TextClient;

/** The client's side of an echo exercise: what comes back must be what was sent. */
public class EchoDialogue implements TextClient.Dialogue {
    @Override
    public String objection(byte[] message, byte[] reply) {
        return Arrays.equals(message, reply)
                ? null
                : "answered " + Printable.quote(reply) + " to " + Printable.quote(message) + ", which is no echo";
    }
}
