package netlabs.filetransfer;

import java.net.InetSocketAddress;
import netlabs.common.console.Console;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;

/**
 * The server: a thread for each client. Its accept loop is {@link BlockingAcceptor}, which lists the
 * order of the socket calls; what a client's thread does between accept and close is a service here:
 * {@link Storing} by the protocol, {@link RawStoring} and {@link RawSending} without one.
 */
final class FileTransferServer implements AutoCloseable {
    private final BlockingAcceptor acceptor;
    private final BlockingAcceptor.Service service;

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @throws netlabs.common.LabException if the port cannot be had
     */
    FileTransferServer(ServerOptions options, BlockingAcceptor.Service service, Console console) {
        this.acceptor = BlockingAcceptor.bind(options, new ThreadModel.PerClient(), console.err());
        this.service = service;
    }

    void start() {
        acceptor.start(service);
    }

    InetSocketAddress address() {
        return acceptor.address();
    }

    /** Waits for the end: {@link #close}, or with {@code --once} the end of the first client. */
    void await() throws InterruptedException {
        acceptor.await();
    }

    @Override
    public void close() {
        acceptor.close();
    }
}
