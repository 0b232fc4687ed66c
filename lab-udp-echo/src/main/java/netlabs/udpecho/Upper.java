package netlabs.udpecho;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import netlabs.common.UpperCase;
import netlabs.common.console.Transcript;

/** A sentence comes back in upper case. */
final class Upper extends Exercise {
    /**
     * Begins what the server sends where it cannot send the reply. No reply begins so: nothing in it
     * is in lower case.
     */
    private static final String ERROR = "error: ";

    /**
     * Turns ASCII text into upper case where it stands: nothing is copied, nothing allocated.
     *
     * @return whether all of it was ASCII; if not, its ASCII letters may be in upper case already
     */
    static boolean inPlace(ByteBuffer text) {
        for (int i = text.position(); i < text.limit(); i++) {
            byte b = text.get(i);
            if (b < 0) {
                return false;
            }
            if (b >= 'a' && b <= 'z') {
                text.put(i, (byte) (b - 0x20));
            }
        }
        return true;
    }

    /** With Unicode's full mappings, as Python's {@code upper()}: ß becomes SS, a byte longer in all. */
    static String reply(String message) {
        return UpperCase.of(message);
    }

    private static byte[] reply(byte[] message) {
        return reply(new String(message, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** What a client gets whose message fits a datagram, but its reply does not. */
    static byte[] tooLong(int limit) {
        return (ERROR + "the reply would be longer than " + limit + " bytes").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    List<String> sample() {
        return List.of("hello, world");
    }

    @Override
    void serverStarted(Transcript out) {
        out.line("the server is ready to receive");
    }

    void serverReplies(Transcript out, String reply, String client) {
        out.line(reply);
        out.line("above message received from " + client);
    }

    @Override
    boolean isReplyTo(byte[] message, byte[] reply) {
        return Arrays.equals(reply(message), reply);
    }

    @Override
    String refusal(byte[] reply) {
        String text = new String(reply, StandardCharsets.UTF_8);
        return text.startsWith(ERROR) ? text.substring(ERROR.length()) : null;
    }
}
