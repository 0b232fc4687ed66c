package netlabs.tcpecho;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import netlabs.common.console.Transcript;
import netlabs.common.net.TextClient;

/**
 * One exercise of the lab: what the server answers, and the console lines that the sheet asks of
 * either side, to the letter (LABS.md §1). No socket is touched here.
 */
abstract sealed class Exercise implements TextClient.Dialogue permits Reverse, Upper, Secret, Echo {
    static final String[] NAMES = {"reverse", "upper", "secret", "echo"};

    static Exercise named(String name) {
        return switch (name) {
            case "reverse" -> new Reverse();
            case "upper" -> new Upper();
            case "secret" -> new Secret();
            case "echo" -> new Echo();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The port of the sheet. */
    int defaultPort() {
        return 5005;
    }

    /** The reply to one message. Both are without their ending. */
    byte[] reply(byte[] message) {
        return reply(new String(message, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** The reply to one message as text. */
    abstract String reply(String message);

    /** Whether the reply ends exactly as the message did: with CRLF after CRLF. */
    boolean keepsEnding() {
        return false;
    }

    /** The messages that the free arguments of the client stand for. */
    List<String> messages(List<String> arguments) {
        return arguments;
    }

    /** What {@code demo} sends when it is given nothing. */
    abstract List<String> sample();

    /** The commonest mistake: a server that greets belongs to {@code reverse}. */
    @Override
    public String objection(byte[] message, byte[] reply) {
        return greeting().length == 0 && Reverse.greets(reply) && !Reverse.greets(message)
                ? "runs another exercise: it greets with '" + Reverse.GREETING
                        + "', as reverse does - use the same --exercise on both sides"
                : null;
    }

    // The server's console lines. Where the sheet asks for none of its own, both sides say what they
    // received and sent.

    void serverStarted(Transcript out) {}

    void clientAccepted(Transcript out, InetSocketAddress client) {}

    void serverReplies(Transcript out, String message, String reply, InetSocketAddress client) {
        out.line("Received: " + message);
        out.line("Sent: " + reply);
    }
}
