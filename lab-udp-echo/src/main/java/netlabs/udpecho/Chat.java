package netlabs.udpecho;

import java.util.List;
import netlabs.common.console.Transcript;

/** What a client writes is answered at the server's keyboard. */
final class Chat extends Exercise {
    /** A human answers, so this is not the time that a network takes, but it does end. */
    private static final int REPLY_MILLIS = 600_000;

    @Override
    int replyMillis() {
        return REPLY_MILLIS;
    }

    @Override
    boolean isConversation() {
        return true;
    }

    @Override
    List<String> sample() {
        return List.of("hello from the client");
    }

    /** What {@code demo} types at the server's keyboard. */
    String sampleAnswer() {
        return "hello from the server";
    }

    @Override
    void serverStarted(Transcript out) {
        out.line("Server is ready to chat.");
    }

    /**
     * @param prompted whether the keyboard has been asked and not yet answered: that line is ended
     */
    void serverReceived(Transcript out, String text, boolean prompted) {
        if (prompted) {
            out.line("");
        }
        out.line("Client: " + text);
        out.prompt("You (Server): ");
    }
}
