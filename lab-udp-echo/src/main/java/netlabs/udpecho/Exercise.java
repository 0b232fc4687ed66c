package netlabs.udpecho;

import java.util.List;
import netlabs.common.console.Transcript;

/**
 * One exercise of the lab: its ports, and the console lines that the sheet asks of either side, to
 * the letter (LABS.md §2). No socket is touched here.
 */
abstract sealed class Exercise permits Upper, Chat, Print {
    static final String[] NAMES = {"upper", "chat", "print"};

    static Exercise named(String name) {
        return switch (name) {
            case "upper" -> new Upper();
            case "chat" -> new Chat();
            case "print" -> new Print();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The port of the sheet. */
    int defaultPort() {
        return 12_000;
    }

    /** The address that the server listens on unless told otherwise. */
    String defaultAddress() {
        return "127.0.0.1";
    }

    /** How long the client waits for a reply where {@code --timeout} is not given; milliseconds. */
    int replyMillis() {
        return 5_000;
    }

    /** Whether the server sends anything at all. */
    boolean hasReplies() {
        return true;
    }

    /** What {@code demo} sends when it is given nothing. */
    abstract List<String> sample();

    void serverStarted(Transcript out) {}

    // The client's console lines.

    /** What the keyboard is asked with for the first message; null: any number is taken, unasked. */
    String prompt() {
        return "Input lowercase sentence: ";
    }

    /** What the keyboard is asked with for each message behind the first. */
    String nextPrompt() {
        return "Type lowercase sentence (or \"quit\" to exit): ";
    }

    /** Whether the keyboard is asked again without {@code --loop}. */
    boolean isConversation() {
        return false;
    }

    void clientReceived(Transcript out, String text, String server) {
        out.line(text);
        out.line("received from " + server);
    }

    /**
     * Whether {@code reply} can be the answer to {@code message}. Where the exercise cannot tell, it
     * can.
     */
    boolean isReplyTo(byte[] message, byte[] reply) {
        return true;
    }

    /**
     * @return what the server says is wrong, if {@code reply} is not one but an error; else null
     */
    String refusal(byte[] reply) {
        return null;
    }
}
