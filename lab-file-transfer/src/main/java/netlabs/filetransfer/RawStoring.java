package netlabs.filetransfer;

import java.io.IOException;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.SocketAddresses;

/**
 * The server's side of {@code --raw}: what a client sends until it half-closes is a file. Nobody knows
 * its size or digest beforehand, and nobody can be told why it is refused: then the connection is
 * reset.
 */
final class RawStoring implements BlockingAcceptor.Service {
    private final RawReceiver receiver;
    private final boolean once;
    private final Console console;

    /**
     * @param once whether a file that was refused is the server's failure
     */
    RawStoring(RawReceiver receiver, boolean once, Console console) {
        this.receiver = receiver;
        this.once = once;
        this.console = console;
    }

    @Override
    public byte[] refusal(int maxClients) {
        return new byte[0];
    }

    @Override
    public void serve(Connection client) throws IOException {
        try {
            receiver.receive(client, Progress.NONE);
        } catch (RefusedException e) {
            resetOnClose(client, e);
            String why = "client " + SocketAddresses.tuple(client.peer()) + ": " + receiver.name() + " refused: "
                    + e.getMessage();
            if (once) {
                throw new LabException(why, e);
            }
            console.err().error(why, e);
        } catch (IOException e) {
            resetOnClose(client, e);
            throw e;
        }
    }

    /** A close in order would tell a client that has sent everything that it is stored. */
    private static void resetOnClose(Connection client, IOException fault) {
        try {
            client.resetOnClose();
        } catch (IOException e) {
            fault.addSuppressed(e); // closed already
        }
    }
}
