package netlabs.common.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import netlabs.common.LabException;

/** The failures of socket calls, in words that tell the user what to do (LABS.md §0). */
public final class SocketErrors {
    /** Of a client that {@code --idle-timeout} ends. */
    static final String SENT_NOTHING = "sent nothing for too long (idle timeout)";

    /** Of a client that reads nothing while replies wait for it. */
    static final String TOOK_NOTHING = "took nothing for too long (idle timeout)";

    /** Of a client whose request has taken longer than it may, though something came now and then. */
    static final String TOO_SLOW = "sent too little for too long (time limit of a request)";

    private SocketErrors() {}

    /**
     * @param server {@code 127.0.0.1:5005}
     * @param cause what {@code connect}(2) failed with
     */
    public static LabException connecting(String server, int timeoutMillis, IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return new LabException(
                    "no answer from "
                            + server
                            + " within "
                            + timeoutMillis
                            + " ms - wrong address, a firewall, or a full queue of waiting clients?",
                    cause);
        }
        if (cause instanceof ConnectException && says(cause, "refused")) {
            return new LabException("connection refused by " + server + " - is the server running?", cause);
        }
        if (says(cause, "reset")) { // so soon that connect sees it
            return new LabException(server + " reset the connection - has the server ended?", cause);
        }
        return new LabException("cannot connect to " + server + ": " + cause.getMessage(), cause);
    }

    /**
     * @param cause what {@code bind}(2) or {@code listen}(2) failed with
     */
    public static LabException listening(InetSocketAddress address, IOException cause) {
        int port = address.getPort();
        if (says(cause, "in use")) {
            return new LabException("port " + port + " is already in use", cause);
        }
        if (says(cause, "Permission denied")) {
            return new LabException("no permission to listen on port " + port + " - take one above 1023", cause);
        }
        if (says(cause, "Cannot assign")) {
            return new LabException(
                    SocketAddresses.host(address.getAddress()) + " is not an address of this machine", cause);
        }
        return new LabException(
                "cannot listen on " + SocketAddresses.tuple(address) + ": " + cause.getMessage(), cause);
    }

    /**
     * Closes a socket that is of no use.
     *
     * @param fault why; what closing fails with is added to it
     * @param socket null: there is none yet
     */
    public static void closeAfter(Exception fault, Closeable socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
    }

    /**
     * @return what a peer did that made a receive or send fail: {@code reset the connection}
     */
    public static String peerFault(IOException cause) {
        if (says(cause, "Read timed out")) {
            return SENT_NOTHING;
        }
        if (cause instanceof SocketTimeoutException) {
            return cause.getMessage();
        }
        if (cause instanceof CutOffException) {
            return "was cut off: " + cause.getMessage();
        }
        if (cause instanceof MalformedMessageException) {
            return "sent a " + cause.getMessage();
        }
        if (says(cause, "reset")) {
            return "reset the connection";
        }
        if (says(cause, "Broken pipe")) {
            return "closed the connection too early";
        }
        return "failed: " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    /** Whether it is the peer's doing that a send failed, or a sendfile(2), which could also fail of the file. */
    public static boolean isOfPeer(IOException cause) {
        return says(cause, "reset") || says(cause, "Broken pipe");
    }

    private static boolean says(IOException cause, String words) {
        return cause.getMessage() != null && cause.getMessage().contains(words);
    }
}
