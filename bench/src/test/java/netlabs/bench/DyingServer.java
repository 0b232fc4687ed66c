package netlabs.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An echo server that ends with exit status 3 after as many reads as {@code args[0]} says. */
final class DyingServer {
    private DyingServer() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.err.println("ready: listening on ('127.0.0.1', " + listener.getLocalPort() + ")");
            try (Socket client = listener.accept()) {
                byte[] buffer = new byte[8192];
                for (int reads = Integer.parseInt(args[0]); reads > 0; reads--) {
                    client.getOutputStream()
                            .write(buffer, 0, client.getInputStream().read(buffer));
                }
            }
            System.err.println("out of luck");
            System.exit(3);
        }
    }
}
