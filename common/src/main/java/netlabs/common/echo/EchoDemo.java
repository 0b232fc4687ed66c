package netlabs.common.echo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import netlabs.common.net.MessageSource;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.TextClient;

/**
 * What {@code demo} shows of a server for many clients: client 1 has a message answered and stays
 * connected; client 2 comes, is answered at once and leaves; client 1 is still there.
 */
final class EchoDemo {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Console console;
    private final EchoServers.Server server;
    private final CountDownLatch firstAnswered = new CountDownLatch(1);
    private final CountDownLatch secondLeft = new CountDownLatch(1);

    private EchoDemo(Console console, EchoServers.Server server) {
        this.console = console;
        this.server = server;
    }

    /**
     * Starts {@code server}, runs two clients against it, closes it and prints {@code Done.}
     *
     * @throws LabException if a client or the server failed
     */
    static void run(EchoServers.Server server, Console console) throws InterruptedException {
        try (server) {
            server.start();
            new EchoDemo(console, server).run();
        } finally {
            server.await(); // if the server failed, that is thrown: the clients' failures only follow from it
        }
        console.out().line("Done.");
    }

    private void run() throws InterruptedException {
        RuntimeException[] failure = new RuntimeException[1];
        Thread first = new Thread("client-1") {
            @Override
            public void run() {
                try {
                    converse("[C1]", new First());
                } catch (RuntimeException e) {
                    failure[0] = e;
                    firstAnswered.countDown();
                }
            }
        };
        first.start();
        firstAnswered.await();
        try {
            if (failure[0] == null) {
                converse("[C2]", MessageSource.of(List.of("client 2, while client 1 stays connected")));
                awaitClients(1);
            }
        } finally {
            secondLeft.countDown();
            first.join();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        awaitClients(0);
    }

    private void converse(String name, MessageSource messages) {
        TextClient.Options options = new TextClient.Options(
                SocketAddresses.host(server.address().getAddress()),
                server.address().getPort(),
                TIMEOUT_MILLIS,
                false);
        new TextClient(new Named(name), options, console).run(messages, false);
    }

    private void awaitClients(int count) throws InterruptedException {
        if (!server.awaitClients(count, TIMEOUT_MILLIS)) {
            throw new LabException("the server has not noticed that a client left within " + TIMEOUT_MILLIS + " ms");
        }
    }

    /** Prints only what it receives: before that, the server prints too, at its own time. */
    private static final class Named extends EchoDialogue {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void clientSends(Transcript out, String message) {}

        @Override
        public void clientReceived(Transcript out, String text) {
            out.line(name + ": Received: " + text);
        }
    }

    /** The messages of client 1: the second not before client 2 has left. */
    private final class First extends MessageSource {
        private int asked;

        @Override
        public byte[] next() {
            asked++;
            if (asked == 1) {
                return "client 1".getBytes(StandardCharsets.UTF_8);
            }
            firstAnswered.countDown();
            return asked == 2 && secondHasLeft() ? "client 1, still connected".getBytes(StandardCharsets.UTF_8) : null;
        }

        private boolean secondHasLeft() {
            try {
                return secondLeft.await(4L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {}
    }
}
