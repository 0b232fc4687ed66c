package netlabs.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;

/** Bytes back as they come, with a blocking read and write per client in a thread of its own. */
final class BareThreads {
    private static final int BUFFER_BYTES = 8 << 10;

    private BareThreads() {}

    /**
     * Listens until the process is killed.
     *
     * @param threads starts a thread for each client
     */
    static void serve(String[] args, Executor threads) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(Peer.address(args), Peer.BACKLOG);
            Peer.ready(listener.getLocalSocketAddress());
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> echo(client));
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            System.err.println("error: " + e.getMessage());
        }
    }
}
