package netlabs.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends what a test says and understands answers; a failure prints the story so far. */
final class HttpPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** An answer: its status line, its fields by their names in lower case, and its body. */
    record Reply(String statusLine, Map<String, String> fields, byte[] body) {
        int status() {
            return Integer.parseInt(statusLine.substring(9, 12));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String field(String name) {
            return fields.get(name);
        }
    }

    private final Socket socket;
    private final StringBuffer story = new StringBuffer();

    HttpPeer(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /**
     * @param receiveBuffer bytes; 0: the system's
     */
    HttpPeer(InetSocketAddress server, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Sends {@code text}, a byte for each character. */
    HttpPeer send(String text) throws IOException {
        story.append("\n  sends ").append(text.length() < 200 ? text : text.length() + " bytes");
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    HttpPeer get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** Reads one answer to a GET. */
    Reply reply() throws IOException {
        return reply(false);
    }

    /** Reads one answer. */
    Reply reply(boolean toHead) throws IOException {
        story.append("\n  expects an answer");
        String head = head();
        String[] lines = head.split("\r\n");
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            fields.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 2),
                    (a, b) -> a + ", " + b);
        }
        int status = Integer.parseInt(lines[0].substring(9, 12));
        boolean none = toHead || status == 304 || status < 200;
        byte[] body = read(none ? 0 : Integer.parseInt(fields.get("content-length")));
        story.append("\n  got ").append(lines[0]);
        return new Reply(lines[0], fields, body);
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(read(1)[0]);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads exactly {@code length} bytes. */
    byte[] read(int length) throws IOException {
        try {
            byte[] bytes = socket.getInputStream().readNBytes(length);
            if (bytes.length < length) {
                throw failed("the stream ended after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        } catch (SocketTimeoutException e) {
            throw failed("nothing came");
        } catch (SocketException e) {
            throw failed(e.getMessage());
        }
    }

    /** Expects the server to have closed in order. */
    HttpPeer expectEnd() throws IOException {
        story.append("\n  expects the end");
        try {
            int got = socket.getInputStream().read();
            if (got >= 0) {
                throw failed("byte " + got + " came");
            }
        } catch (SocketTimeoutException e) {
            throw failed("still connected");
        } catch (SocketException e) {
            throw failed(e.getMessage());
        }
        return this;
    }

    /**
     * Reads until the stream ends, or is reset.
     *
     * @return how many bytes came before a RST; -1 if the end was in order
     */
    long readUntilReset() throws IOException {
        byte[] some = new byte[64 * 1024];
        long total = 0;
        try {
            for (int count; (count = socket.getInputStream().read(some)) >= 0; ) {
                total += count;
            }
        } catch (SocketTimeoutException e) {
            throw failed("still connected after " + total + " bytes");
        } catch (SocketException e) {
            return total;
        }
        return -1;
    }

    HttpPeer halfClose() throws IOException {
        story.append("\n  half-closes");
        socket.shutdownOutput();
        return this;
    }

    /** Closes with a RST: SO_LINGER of zero (socket(7)). */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    int available() throws IOException {
        return socket.getInputStream().available();
    }

    private AssertionError failed(String what) {
        return new AssertionError(what + ", in the story" + story);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
