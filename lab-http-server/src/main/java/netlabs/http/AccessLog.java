package netlabs.http;

import java.net.InetSocketAddress;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import netlabs.common.console.Transcript;
import netlabs.common.net.SocketAddresses;

/**
 * A line for each answer, in the Common Log Format of the NCSA httpd, which every log analyser reads:
 *
 * <pre>
 *   127.0.0.1 - - [21/Nov/2026:17:44:55 +0000] "GET /index.html HTTP/1.1" 200 1234
 * </pre>
 *
 * client, identity and user (both unknown), time, request line, status, bytes of the body that were sent
 * ({@code -}: none). A quote or a backslash in the request line gets a backslash in front, so that nobody can
 * write fields of his own.
 */
final class AccessLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US);

    private final Transcript transcript;

    /**
     * @param transcript null: nothing is logged
     */
    AccessLog(Transcript transcript) {
        this.transcript = transcript;
    }

    /** Loads what the first line needs, files of the JDK's among them: later there may be no descriptor left. */
    void prepare() {
        if (transcript != null) {
            TIME.format(OffsetDateTime.now());
        }
    }

    boolean isOn() {
        return transcript != null;
    }

    /**
     * An answer was sent, or as much of it as the client took.
     *
     * @param line the request line; empty where none has come
     * @param sent bytes of the body
     */
    void answered(InetSocketAddress client, String line, Status status, long sent) {
        if (transcript != null) {
            String quoted = line.isEmpty() ? "-" : quote(line);
            transcript.line(SocketAddresses.host(client.getAddress()) + " - - [" + TIME.format(OffsetDateTime.now())
                    + "] \"" + quoted + "\" " + status.code() + " " + (sent == 0 ? "-" : Long.toString(sent)));
        }
    }

    /** A character is a byte here: beyond ASCII it is written as the number that it is. */
    private static String quote(String line) {
        StringBuilder quoted = new StringBuilder(line.length() + 8);
        for (char c : line.toCharArray()) {
            if (c >= 0x80) {
                quoted.append("\\x").append(Integer.toHexString(c));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.toString();
    }
}
