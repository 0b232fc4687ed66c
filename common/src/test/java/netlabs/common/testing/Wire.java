package netlabs.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One end of a real TCP connection, told as a story: each call is an action or an expectation, and
 * a failure prints the story so far.
 */
public final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final StringBuffer story = new StringBuffer(); // one thread may send while another expects

    private Wire(Socket socket) {
        this.socket = socket;
    }

    /** Connects to {@code server}. */
    public static Wire connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, TIMEOUT_MILLIS);
        return of(socket);
    }

    /** Takes over an accepted socket. */
    public static Wire of(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return new Wire(socket);
    }

    /** The port of this end. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sends {@code text} as UTF-8 in one write. */
    public Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes in one write. */
    public Wire send(byte[] bytes) throws IOException {
        tell("sends " + shown(bytes));
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends every byte of {@code text} in a write of its own. */
    public Wire sendByteByByte(String text) throws IOException {
        tell("sends byte by byte " + text);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            socket.getOutputStream().write(b);
        }
        return this;
    }

    /** Expects exactly {@code text} next, however it is cut into segments. */
    public Wire expect(String text) throws IOException {
        return expect(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Expects exactly these bytes next. */
    public Wire expect(byte[] bytes) throws IOException {
        tell("expects " + shown(bytes));
        byte[] got = new byte[bytes.length];
        int count = 0;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            while (count < got.length) {
                int more = socket.getInputStream().read(got, count, got.length - count);
                if (more < 0) {
                    throw failed("the stream ended after " + shown(Arrays.copyOf(got, count)));
                }
                count += more;
            }
        } catch (SocketTimeoutException e) {
            throw failed("only " + shown(Arrays.copyOf(got, count)) + " came");
        }
        assertThat(got).as(story.toString()).isEqualTo(bytes);
        return this;
    }

    /** Expects nothing for {@code millis}, neither bytes nor the end. */
    public Wire expectSilence(int millis) throws IOException {
        tell("expects silence");
        socket.setSoTimeout(millis);
        try {
            int got = socket.getInputStream().read();
            throw failed(got < 0 ? "the stream ended" : "byte " + got + " came");
        } catch (SocketTimeoutException e) {
            return this;
        }
    }

    /**
     * Waits for bytes, whatever they are.
     *
     * @return at most {@code most} of them as UTF-8; a character that is cut is U+FFFD
     */
    public String read(int most) throws IOException {
        byte[] bytes = new byte[most];
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            int count = socket.getInputStream().read(bytes);
            if (count < 0) {
                throw failed("the stream ended");
            }
            return new String(bytes, 0, count, StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw failed("nothing came");
        }
    }

    /** Whether bytes are waiting to be read. */
    public int available() throws IOException {
        return socket.getInputStream().available();
    }

    /** Expects the other side to close or half-close now. */
    public Wire expectEnd() throws IOException {
        tell("expects the end");
        socket.setSoTimeout(TIMEOUT_MILLIS);
        int got = socket.getInputStream().read();
        if (got >= 0) {
            throw failed("byte " + got + " came");
        }
        return this;
    }

    /** Expects the other side to close, in order or with a RST. */
    public Wire expectGone() throws IOException {
        tell("expects to be disconnected");
        socket.setSoTimeout(TIMEOUT_MILLIS);
        byte[] underWay = new byte[64 * 1024];
        try {
            while (socket.getInputStream().read(underWay) >= 0) {
                continue;
            }
        } catch (SocketTimeoutException e) {
            throw failed("still connected");
        } catch (SocketException e) {
            return this; // a RST
        }
        return this;
    }

    /** Shuts the sending side down: FIN. */
    public Wire halfClose() throws IOException {
        tell("half-closes");
        socket.shutdownOutput();
        return this;
    }

    /** Closes with a RST: SO_LINGER of zero (socket(7)). */
    public void reset() throws IOException {
        tell("resets");
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void tell(String action) {
        story.append("\n  ").append(action);
    }

    private AssertionError failed(String what) {
        return new AssertionError(what + ", in the story" + story);
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() < 100 ? "'" + text + "'" : bytes.length + " bytes";
    }
}
