package netlabs.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import netlabs.common.console.Console;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.EventServer;
import netlabs.common.net.ThreadModel;

/**
 * The web server, in one of two frames:
 *
 * <pre>
 *   --model iterative|thread|pool|virtual   {@link BlockingAcceptor}   accept; {@link WebService}: receive, send; close
 *   --model selector                        {@link EventServer}        select, accept, read, write, close;
 *                                           {@link WebHandler}         what is done with what was read
 *
 *   both:   {@link RequestDecoder}   bytes to requests
 *           {@link Origin}           request to answer: {@link Site}, {@link Conditions}, {@link HotFiles}
 *           {@link Outgoing}         answer to bytes
 * </pre>
 */
final class WebServer implements AutoCloseable {
    private final WebOptions options;
    private final Origin origin;
    private final AccessLog log;
    private final Console console;
    private final BlockingAcceptor acceptor;
    private final EventServer events;

    /**
     * Binds a server that clients can connect to, and wait, when this returns.
     *
     * @param root the folder that is served
     * @throws netlabs.common.LabException if the port cannot be had, or there is no such folder
     */
    WebServer(WebOptions options, Path root, Console console) {
        this.options = options;
        this.console = console;
        this.origin = new Origin(
                Site.open(root), options.lists(), new HotFiles(!(options.model() instanceof ThreadModel.Virtual)));
        this.log = new AccessLog(options.server().quiet() ? null : console.out());
        boolean blocking = options.model() != null;
        if (blocking) {
            options.model().check();
        }
        this.acceptor = blocking ? BlockingAcceptor.bind(options.server(), options.model(), console.err()) : null;
        this.events = blocking ? null : EventServer.bind(options.server(), console.err());
    }

    /**
     * Prints {@code Ready to serve...} and the ready line, and starts serving.
     *
     * @throws netlabs.common.LabException if the system does not give what it takes
     */
    void start() {
        log.prepare();
        console.out().line("Ready to serve...");
        if (acceptor != null) {
            acceptor.start(new WebService(options, origin, log));
        } else {
            events.start(new WebHandler.Factory(options, origin, log), options.loops(), 0, null);
        }
    }

    /**
     * @return where it listens
     */
    InetSocketAddress address() {
        return acceptor != null ? acceptor.address() : events.address();
    }

    /**
     * Waits until exactly {@code count} clients are accepted and not yet closed.
     *
     * @return false if that is not so within {@code millis}
     */
    boolean awaitClients(int count, int millis) throws InterruptedException {
        return acceptor != null ? acceptor.awaitClients(count, millis) : events.awaitClients(count, millis);
    }

    /**
     * Waits until it has ended.
     *
     * @throws netlabs.common.LabException if it could not go on
     */
    void await() throws InterruptedException {
        if (acceptor != null) {
            acceptor.await();
        } else {
            events.await();
        }
    }

    /** Answers what has come, and ends. */
    @Override
    public void close() {
        if (acceptor != null) {
            acceptor.close();
        } else {
            events.close();
        }
    }

    /**
     * @return what a client gets that is one too many; without a Date, because it is made beforehand
     */
    static byte[] refusal(int maxClients) {
        byte[] page = Pages.message(
                Status.SERVICE_UNAVAILABLE.toString(),
                "the server is full, it takes " + maxClients + (maxClients == 1 ? " client" : " clients"));
        String head = "HTTP/1.1 " + Status.SERVICE_UNAVAILABLE + "\r\nRetry-After: 1\r\nContent-Type: "
                + Pages.MEDIA_TYPE + "\r\nContent-Length: " + page.length + "\r\nConnection: close\r\n\r\n";
        return (head + new String(page, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
