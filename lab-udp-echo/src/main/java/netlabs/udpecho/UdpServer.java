package netlabs.udpecho;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import netlabs.common.console.Utf8;
import netlabs.common.net.MessageSource;
import netlabs.common.net.Recording;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;

/**
 * The UDP server: one socket and one thread for all clients. There is no listen, no accept and no
 * connection; each datagram brings the socket address that its reply goes to. The order of the
 * socket calls:
 *
 * <pre>
 *   bind():            socket, setsockopt(SO_RCVBUF), bind
 *   start():           one thread, "receiver":
 *                        recvfrom    a datagram and its sender; does not block
 *                        sendto      the reply, to that sender (upper; the others send none here)
 *                        recvfrom    the next one, of whatever client
 *                        epoll_wait  when there is none: blocks until one comes, or until close()
 *   answerFrom():      chat only; one thread, "keyboard":
 *                        sendto      each typed line, to the client that wrote last
 *   close():           lets the receiver serve what the kernel has received, then close
 * </pre>
 *
 * <p>Under load the queue is not empty, and a datagram costs one recvfrom and one sendto. A blocking
 * receive would save an idle server the epoll_wait, but nothing ends it except closing the socket,
 * which throws the datagrams away that the kernel still holds.
 *
 * <p><b>Allocation.</b> With {@code --quiet} an ASCII datagram allocates nothing here: it is received
 * into one direct buffer, changed where it stands, and sent from there. What remains is the JDK's:
 * {@link DatagramChannel#receive} returns the sender as an {@link InetSocketAddress}, and keeps only
 * the last one for the case that the same client sends again. Where clients alternate it makes a new
 * one each time, 120 bytes on Java 17 and 25, and there is no other call that names the sender.
 */
final class UdpServer implements AutoCloseable {
    /**
     * @param bind the local address to listen on; the wildcard address for all
     * @param port 1 to 65535, or 0 for any free port
     * @param quiet no transcript line per message
     * @param capture the file that the packets of its port are recorded to; null for none
     */
    record Options(InetAddress bind, int port, boolean quiet, Path capture) {
        Options(InetAddress bind, int port, boolean quiet) {
            this(bind, port, quiet, null);
        }
    }

    /** More than any datagram holds, so that none is ever cut. */
    private static final int BUFFER_BYTES = 65_536;

    /**
     * Room for a burst of many clients, while this one thread serves the first of them; what finds
     * the queue full is dropped without a word. Linux grants at most net.core.rmem_max, also without
     * a word.
     */
    private static final int QUEUE_BYTES = 4 << 20;

    /** How long what had arrived is served after Ctrl-C. */
    private static final int STOP_MILLIS = 1_000;

    /** How long a thread that hangs, because nobody reads what it prints, is waited for on top. */
    private static final int ABANDON_MILLIS = 500;

    private final Exercise exercise;
    private final Options options;
    private final Console console;
    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final Recording recording;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** The one key needs no looking at: the channel is asked anyway. */
    private final Consumer<SelectionKey> ready = new Consumer<>() {
        @Override
        public void accept(SelectionKey key) {}
    };

    private volatile Thread thread;
    private volatile boolean stopping;
    private volatile Throwable failure;

    /** Chat: who wrote last; null before the first. Guarded by this, as is {@link #unanswered}. */
    private InetSocketAddress lastClient;

    private boolean unanswered;

    private UdpServer(Exercise exercise, Options options, Console console, DatagramChannel channel, Selector selector)
            throws IOException {
        this.exercise = exercise;
        this.options = options;
        this.console = console;
        this.channel = channel;
        this.selector = selector;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.recording = Recording.ofUdp(address, options.capture(), console.err());
    }

    /**
     * Binds: from now on the kernel keeps what clients send.
     *
     * @throws LabException if the address cannot be had, or the recording of {@code --capture} cannot begin
     */
    static UdpServer bind(Exercise exercise, Options options, Console console) {
        InetSocketAddress address = new InetSocketAddress(options.bind(), options.port());
        DatagramChannel channel = null;
        try {
            // A socket of the address's own kind: 0.0.0.0 is all IPv4 addresses, and only those.
            channel = DatagramChannel.open(
                    options.bind() instanceof Inet4Address
                            ? StandardProtocolFamily.INET
                            : StandardProtocolFamily.INET6);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, QUEUE_BYTES);
            // No SO_REUSEADDR, which TCP servers set: UDP has no TIME-WAIT that it would be needed for, and on
            // Linux two UDP servers that both set it share the port, and the last one gets everything (socket(7)).
            channel.bind(address);
            // Not connected: such a socket hears of no ICMP error, so a client that has gone disturbs nobody (udp(7)).
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new UdpServer(exercise, options, console, channel, selector);
        } catch (IOException e) {
            SocketErrors.closeAfter(e, channel);
            throw SocketErrors.listening(address, e);
        } catch (LabException e) {
            SocketErrors.closeAfter(e, channel);
            throw e;
        }
    }

    /**
     * Prints the first lines and starts serving, in a thread of its own.
     *
     * @throws LabException if nothing can be printed
     */
    void start() {
        if (stopping) {
            return;
        }
        exercise.serverStarted(console.out());
        Thread receiver = new Thread("receiver") {
            @Override
            public void run() {
                receiveAndServe();
            }
        };
        console.err().ready(SocketAddresses.tuple(address));
        thread = receiver;
        receiver.start();
    }

    /** {@link #bind} and {@link #start}. */
    static UdpServer start(Exercise exercise, Options options, Console console) {
        UdpServer server = bind(exercise, options, console);
        try {
            server.start();
            return server;
        } catch (LabException e) {
            server.close();
            throw e;
        }
    }

    /** The address and the port that clients send to. */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Waits until the server has ended.
     *
     * @throws LabException if it could not go on
     */
    void await() throws InterruptedException {
        Thread receiver = thread;
        if (receiver != null) {
            receiver.join();
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void receiveAndServe() {
        try {
            long deadline = 0;
            while (true) {
                // Read before the socket is: whatever had arrived when close() was called is still served.
                boolean last = stopping;
                if (last && deadline == 0) {
                    deadline = System.nanoTime() + STOP_MILLIS * 1_000_000L | 1;
                }
                buffer.clear();
                InetSocketAddress client = (InetSocketAddress) channel.receive(buffer);
                if (client != null) {
                    buffer.flip();
                    serve(client);
                    if (last && System.nanoTime() - deadline >= 0) {
                        console.err().error("not all that had come was served " + STOP_MILLIS + " ms after the stop");
                        return;
                    }
                } else if (last) {
                    return;
                } else {
                    selector.select(ready);
                }
            }
        } catch (ClosedChannelException | ClosedSelectorException e) {
            return; // close() has given up waiting for this thread
        } catch (IOException e) {
            failure = new LabException("cannot receive: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            stopping = true;
            closeSocket();
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Serves the datagram in the buffer. */
    private void serve(InetSocketAddress client) {
        if (exercise instanceof Upper upper) {
            answerInUpperCase(upper, client);
        } else if (exercise instanceof Chat chat) {
            ask(chat, client);
        } else if (exercise instanceof Print print && !options.quiet()) {
            print.serverReceived(console.out(), text(), SocketAddresses.tuple(client));
        }
    }

    private void answerInUpperCase(Upper upper, InetSocketAddress client) {
        if (!Upper.inPlace(buffer)) {
            byte[] reply = Upper.reply(text()).getBytes(StandardCharsets.UTF_8);
            int limit = PayloadLimit.of(client.getAddress());
            if (reply.length > limit) {
                console.err()
                        .warning("the reply to " + SocketAddresses.tuple(client) + " has " + reply.length
                                + " bytes, and a datagram holds " + limit + ": an error was sent instead");
                send(ByteBuffer.wrap(Upper.tooLong(limit)), client);
                return;
            }
            buffer.clear().put(reply).flip();
        }
        if (!options.quiet()) {
            upper.serverReplies(console.out(), text(), SocketAddresses.tuple(client));
        }
        send(buffer, client);
    }

    /** The text in the buffer, which stays as it is. */
    private String text() {
        return options.quiet()
                ? StandardCharsets.UTF_8.decode(buffer.duplicate()).toString()
                : Utf8.decode(buffer, console.err());
    }

    private void send(ByteBuffer reply, InetSocketAddress client) {
        try {
            channel.send(reply, client);
            if (reply.hasRemaining()) {
                // UDP may lose a datagram anywhere; that it was here can be said. Waiting would stop all others.
                console.err()
                        .warning("the reply to " + SocketAddresses.tuple(client)
                                + " was dropped: the send buffer is full");
            }
        } catch (ClosedChannelException e) {
            return; // the server is being stopped, and was not given the time
        } catch (IOException e) {
            // Of this client's address only: no route, a firewall's veto, a source port of 0.
            console.err().error("cannot answer " + SocketAddresses.tuple(client) + ": " + e.getMessage(), e);
        }
    }

    /** Chat: the client waits until a line is typed. */
    private synchronized void ask(Chat chat, InetSocketAddress client) {
        lastClient = client;
        if (!options.quiet()) {
            chat.serverReceived(console.out(), text(), unanswered);
        }
        unanswered = true;
        notifyAll();
    }

    /** Sends what was typed to the client that wrote last. Any thread. */
    synchronized void answer(byte[] line) {
        unanswered = false;
        if (lastClient == null) {
            console.err().warning("nobody has written yet: " + Printable.quote(line) + " was not sent");
            return;
        }
        int limit = PayloadLimit.of(lastClient.getAddress());
        if (line.length > limit) {
            console.err().error("message longer than " + limit + " bytes: " + Printable.quote(line));
            return;
        }
        send(ByteBuffer.wrap(line), lastClient);
    }

    /**
     * Waits until a client waits for an answer.
     *
     * @return false if the server is being closed
     */
    synchronized boolean awaitQuestion() throws InterruptedException {
        while (!unanswered && !stopping) {
            wait();
        }
        return !stopping;
    }

    /** Chat: sends every line of {@code keyboard}, in a thread of its own that ends with the process. */
    void answerFrom(MessageSource keyboard) {
        Thread typing = new Thread("keyboard") {
            @Override
            public void run() {
                try {
                    for (byte[] line; (line = keyboard.next()) != null; ) {
                        answer(line);
                    }
                    console.err().warning("standard input has ended: clients can write, but nobody can answer");
                } catch (LabException e) {
                    console.err().error(e.getMessage(), e);
                }
            }
        };
        typing.setDaemon(true);
        typing.start();
    }

    /**
     * Lets the receiver serve what had arrived, for at most a second, and returns when it has ended.
     * If it hangs, because nobody reads what it prints, it is left behind half a second later.
     *
     * @throws LabException if the recording of {@code --capture} could not be written
     */
    @Override
    public void close() {
        try (recording) { // to be closed behind the socket
            stop();
        }
    }

    private void stop() {
        stopping = true;
        selector.wakeup();
        Thread receiver = thread;
        try {
            if (receiver != null) {
                receiver.join(STOP_MILLIS + ABANDON_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeSocket();
    }

    private void closeSocket() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            console.err().error("closing the server: " + e.getMessage(), e);
        }
    }
}
