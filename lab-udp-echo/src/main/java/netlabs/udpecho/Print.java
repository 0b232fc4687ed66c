package netlabs.udpecho;

import java.util.List;
import netlabs.common.console.Transcript;

/** The server prints what comes and answers nothing. */
final class Print extends Exercise {
    @Override
    int defaultPort() {
        return 5_005;
    }

    @Override
    String defaultAddress() {
        return "0.0.0.0";
    }

    @Override
    boolean hasReplies() {
        return false;
    }

    @Override
    String prompt() {
        return null;
    }

    @Override
    List<String> sample() {
        return List.of("Hello, World!");
    }

    void serverReceived(Transcript out, String text, String client) {
        out.line("Received from " + client + ": " + text);
    }
}
