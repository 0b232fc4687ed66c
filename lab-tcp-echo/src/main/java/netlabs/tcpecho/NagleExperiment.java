package netlabs.tcpecho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import netlabs.common.console.Transcript;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;

/**
 * Nagle's algorithm meets delayed acknowledgements. The client sends a request in two small writes
 * and waits for the reply, which the server sends when it has both halves:
 *
 * <pre>
 *   client                      server
 *     │ ── first half ──────────► │   has half a request: nothing to reply, so nothing
 *     │                           │   to carry the ACK; it is delayed (RFC 1122 §4.2.3.2)
 *     │    second half is held:   │
 *     │    small, and unacked     │
 *     │    data is out (RFC 896)  │
 *     │ ◄────────────────── ACK ─ │   the delay is over: 40 ms on Linux
 *     │ ── second half ─────────► │
 *     │ ◄──────────────── reply ─ │
 * </pre>
 *
 * With TCP_NODELAY (tcp(7)) the second half leaves at once.
 */
final class NagleExperiment implements AutoCloseable {
    private static final int HALF_BYTES = 4;
    private static final int TIMEOUT_MILLIS = 5_000;

    /** A stall is a round trip of at least this: half the shortest delayed ACK in use (Linux). */
    private static final double STALL_MILLIS = 20;

    private final ServerSocket listener;

    /**
     * @param port 0 for a free one
     */
    NagleExperiment(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(address);
            listener.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw SocketErrors.listening(address, e);
        }
    }

    /**
     * Round-trip times in milliseconds, in the order in which they were taken.
     *
     * @param nagle with TCP_NODELAY off
     * @param noDelay with TCP_NODELAY on
     */
    record Result(InetSocketAddress server, double[] nagle, double[] noDelay) {
        void print(Transcript out) {
            out.line(
                    "write-write-read against " + SocketAddresses.tuple(server) + ", round-trip times in milliseconds");
            out.line(" round   TCP_NODELAY off   TCP_NODELAY on");
            for (int i = 0; i < nagle.length; i++) {
                row(out, Integer.toString(i + 1), nagle[i], noDelay[i]);
            }
            row(out, "median", median(nagle), median(noDelay));
            out.line(explanation());
        }

        String explanation() {
            int stalled = stalls(nagle);
            if (stalled == 0) {
                return "No stall on this host: the receiver acknowledged at once (Linux does so on young"
                        + " connections, some systems on loopback), so Nagle's algorithm had nothing to wait"
                        + " for.";
            }
            return stalled
                    + " of "
                    + nagle.length
                    + " round trips stalled with TCP_NODELAY off, "
                    + stalls(noDelay)
                    + " with it on: Nagle's algorithm holds the second small write until the first is"
                    + " acknowledged, and the receiver delays that acknowledgement, hoping for a reply to"
                    + " carry it. Set TCP_NODELAY, or send a request in one write.";
        }

        private static void row(Transcript out, String name, double off, double on) {
            out.line(String.format(Locale.ROOT, "%6s   %15.3f   %14.3f", name, off, on));
        }

        private static int stalls(double[] times) {
            int count = 0;
            for (double time : times) {
                count += time >= STALL_MILLIS ? 1 : 0;
            }
            return count;
        }

        private static double median(double[] times) {
            double[] sorted = times.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    Result run(int rounds) throws IOException {
        Thread server = new Thread(this::serveTwoClients, "server");
        server.setDaemon(true);
        server.start();
        return new Result(address(), roundTrips(rounds, false), roundTrips(rounds, true));
    }

    /** The server that both connections go to. */
    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private double[] roundTrips(int rounds, boolean noDelay) throws IOException {
        double[] millis = new double[rounds];
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(noDelay);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(address(), TIMEOUT_MILLIS);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] half = new byte[HALF_BYTES];
            for (int i = 0; i < rounds; i++) {
                long start = System.nanoTime();
                out.write(half);
                out.write(half);
                if (in.readNBytes(1).length == 0) {
                    throw new IOException("the experiment's server closed the connection");
                }
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return millis;
    }

    /** Replies with one byte to each whole request; a failure closes, which the client reports. */
    private void serveTwoClients() {
        for (int i = 0; i < 2; i++) {
            try (Socket client = listener.accept()) {
                client.setTcpNoDelay(true);
                while (client.getInputStream().readNBytes(2 * HALF_BYTES).length == 2 * HALF_BYTES) {
                    client.getOutputStream().write(0);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
