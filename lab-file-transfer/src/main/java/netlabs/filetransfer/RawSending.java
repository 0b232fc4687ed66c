package netlabs.filetransfer;

import java.io.IOException;
import netlabs.common.LabException;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;

/** The server's side of {@code --raw --send}: each client gets the file, and then the end of the stream. */
final class RawSending implements BlockingAcceptor.Service {
    private static final int QUIET_MILLIS = 1_000;

    private final RawSender sender;

    RawSending(RawSender sender) {
        this.sender = sender;
    }

    @Override
    public byte[] refusal(int maxClients) {
        return new byte[0];
    }

    @Override
    public void serve(Connection client) throws IOException {
        try {
            sender.send(client, (name, size) -> Progress.NONE);
        } catch (LabException e) {
            client.resetOnClose();
            throw new IOException(e.getMessage(), e); // the file may come back, and others are being served
        }
        client.finish(QUIET_MILLIS);
    }
}
