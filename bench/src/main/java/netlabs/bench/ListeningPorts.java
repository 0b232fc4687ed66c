package netlabs.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/**
 * TCP ports of the IPv4 loopback, for programs that neither pick one nor say when they listen. Linux
 * only. A connection would tell as well, but a program that serves one client would take it for that.
 */
final class ListeningPorts {
    /** A JVM's sockets are IPv6 ones, also where they are bound to 127.0.0.1; a kernel without IPv6 has one table. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** TCP_LISTEN in the kernel's tcp_states.h. */
    private static final String LISTEN = "0A";

    private static final long POLL_MILLIS = 2;

    private ListeningPorts() {}

    /**
     * @return a port that nobody listens on now
     * @throws IOException if there is none
     */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until {@code port} is listened on.
     *
     * @throws TimeoutException if it is not in time, or {@code program} ends first
     */
    static void await(RunningProgram program, int port, Duration timeout)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isListening(port, table())) {
            if (!program.isAlive() || System.nanoTime() > deadline) {
                throw new TimeoutException("nobody listens on port " + port + ": " + program);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * @param table the lines of {@code /proc/net/tcp} and {@code /proc/net/tcp6}, proc_pid_net(5)
     */
    static boolean isListening(int port, List<String> table) {
        String suffix = String.format(":%04X", port);
        return table.stream()
                .map(line -> line.strip().split(" +"))
                .anyMatch(fields -> fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN));
    }

    private static List<String> table() throws TimeoutException {
        List<String> lines = new ArrayList<>();
        for (Path table : TABLES) {
            try {
                if (Files.exists(table)) {
                    lines.addAll(Files.readAllLines(table));
                }
            } catch (IOException e) {
                throw new TimeoutException(table + " cannot be read: " + e.getMessage());
            }
        }
        return lines;
    }
}
