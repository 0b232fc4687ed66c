package netlabs.common.echo;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import netlabs.common.console.Console;
import netlabs.common.console.Utf8;
import netlabs.common.net.SocketAddresses;

/**
 * The server's console lines: which thread serves whom, and what it received. Nothing at all with
 * {@code --quiet}.
 */
public final class EchoTranscript {
    private final Console console;
    private final boolean quiet;

    /** Lines go to {@code console}, unless {@code quiet}. */
    public EchoTranscript(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    /** {@code [thread-1]: Connected: ('127.0.0.1', 40436)} */
    public void connected(InetSocketAddress client) {
        if (!quiet) {
            line("Connected: " + SocketAddresses.tuple(client));
        }
    }

    /** {@code [thread-1]: Received from ('127.0.0.1', 40436): HELLO} */
    public void received(InetSocketAddress client, ByteBuffer message) {
        if (!quiet) {
            String text = Utf8.decode(message, console.err());
            line("Received from " + SocketAddresses.tuple(client) + ": " + text);
        }
    }

    /** {@code [thread-1]: Closed: ('127.0.0.1', 40436)} */
    public void closed(InetSocketAddress client) {
        if (!quiet) {
            line("Closed: " + SocketAddresses.tuple(client));
        }
    }

    private void line(String text) {
        console.out().line("[" + Thread.currentThread().getName() + "]: " + text);
    }
}
