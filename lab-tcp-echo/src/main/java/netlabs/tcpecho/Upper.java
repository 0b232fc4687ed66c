package netlabs.tcpecho;

import java.net.InetSocketAddress;
import java.util.List;
import netlabs.common.UpperCase;
import netlabs.common.console.Transcript;
import netlabs.common.net.SocketAddresses;

/** A sentence comes back in upper case. */
final class Upper extends Exercise {
    @Override
    int defaultPort() {
        return 13_000;
    }

    @Override
    String reply(String message) {
        return UpperCase.of(message);
    }

    @Override
    List<String> sample() {
        return List.of("hello");
    }

    @Override
    public String prompt() {
        return "Input lowercase sentence:";
    }

    @Override
    void serverStarted(Transcript out) {
        out.line("The server is ready to receive");
    }

    @Override
    void serverReplies(Transcript out, String message, String reply, InetSocketAddress client) {
        out.line("sending " + reply);
        out.line("to " + SocketAddresses.tuple(client));
    }

    @Override
    public void clientSends(Transcript out, String message) {}

    @Override
    public void clientReceived(Transcript out, String text) {
        out.line("From Server: " + text);
    }
}
