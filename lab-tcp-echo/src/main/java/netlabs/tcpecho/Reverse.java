package netlabs.tcpecho;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import netlabs.common.console.Transcript;
import netlabs.common.net.SocketAddresses;

/** Each string comes back reversed, upper and lower case swapped: {@code HELLO}, {@code olleh}. */
final class Reverse extends Exercise {
    static final String GREETING = "Welcome to CS 352!";

    /** Whether {@code message} begins as this exercise's server begins. */
    static boolean greets(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).startsWith(GREETING);
    }

    @Override
    public byte[] greeting() {
        return GREETING.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reverses by code point, then swaps the case of each on its own with Unicode's full mappings, so
     * that ß becomes SS, as Python's {@code s[::-1].swapcase()} does. Unlike Python a capital sigma
     * becomes σ wherever it stands.
     */
    @Override
    String reply(String message) {
        StringBuilder reversed = new StringBuilder(message).reverse();
        StringBuilder reply = new StringBuilder(reversed.length());
        for (int i = 0, c; i < reversed.length(); i += Character.charCount(c)) {
            c = reversed.codePointAt(i);
            if (Character.isUpperCase(c)) {
                appendMapped(reply, c, true);
            } else if (Character.isLowerCase(c)) {
                appendMapped(reply, c, false);
            } else {
                reply.appendCodePoint(c);
            }
        }
        return reply.toString();
    }

    private static void appendMapped(StringBuilder reply, int c, boolean toLower) {
        if (c < 0x80) {
            reply.append((char) (c ^ 0x20));
            return;
        }
        String one = Character.toString(c);
        reply.append(toLower ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
    }

    @Override
    List<String> sample() {
        return List.of("HELLO");
    }

    @Override
    void serverStarted(Transcript out) {
        out.line("[S]: Server socket created");
        String host;
        String ip;
        try {
            InetAddress local = InetAddress.getLocalHost();
            host = local.getHostName();
            ip = SocketAddresses.host(local);
        } catch (UnknownHostException e) { // the host's own name is not in its DNS or hosts file
            host = e.getMessage().replaceFirst(":.*", ""); // it begins with the name
            ip = "127.0.0.1";
        }
        out.line("[S]: Server host name is " + host);
        out.line("[S]: Server IP address is " + ip);
    }

    @Override
    void clientAccepted(Transcript out, InetSocketAddress client) {
        out.line("[S]: Got a connection request from a client at " + SocketAddresses.tuple(client));
    }

    @Override
    void serverReplies(Transcript out, String message, String reply, InetSocketAddress client) {}

    @Override
    public void clientStarted(Transcript out) {
        out.line("[C]: Client socket created");
    }

    @Override
    public void clientSends(Transcript out, String message) {
        out.line("[C]: Data sent to server: " + message);
    }

    @Override
    public void clientReceived(Transcript out, String text) {
        out.line("[C]: Data received from server: " + text);
    }
}
