package netlabs.common.net;

import java.util.Arrays;

/** The client's side of an echo exercise: what comes back must be what was sent. */
public final class EchoDialogue implements TextClient.Dialogue {
    @Override
    public String objection(byte[] message, byte[] reply) {
        return Arrays.equals(message, reply)
                ? null
                : "answered " + TextClient.quoted(reply) + " to " + TextClient.quoted(message) + ", which is no echo";
    }
}
