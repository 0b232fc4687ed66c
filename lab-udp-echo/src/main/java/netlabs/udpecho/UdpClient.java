package netlabs.udpecho;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import netlabs.common.console.Utf8;
import netlabs.common.net.MessageSource;
import netlabs.common.net.SocketAddresses;

/**
 * The UDP client. All messages leave from one socket, so from one source port. The order of its
 * socket calls, all in the caller's thread:
 *
 * <pre>
 *   run():   socket, connect      which also gives the socket its port
 *            for each message:
 *              recvfrom    while there is something: datagrams that nobody waited for
 *              sendto      the message, in one datagram
 *              recvfrom    the reply, or an ICMP error; does not block
 *              epoll_wait  when there is neither: blocks until one comes, or time is up
 *                          (with --retries back to sendto)
 *            close
 * </pre>
 *
 * <p>{@code connect} sends nothing. It makes the kernel drop datagrams of others, and tell this
 * socket when an ICMP message says that nobody listens at the other end (udp(7), RFC 1122 §4.1.3.3).
 *
 * <p><b>What UDP cannot tell.</b> A reply does not say which message it answers. After a resend both
 * copies may be answered, and the network may copy an answer by itself; the second may come when the
 * next message is out already. What
 * is there before the next message is sent is dropped, and said so. What comes later is dropped if it
 * repeats the reply before it and is not in itself an answer to the message that is out. That leaves:
 * a late answer to a message whose wait ended in an error, which ends the client anyway; and in chat,
 * where any text may be an answer, a second answer that arrives behind the next message.
 */
final class UdpClient {
    /**
     * @param host name or address of the server
     * @param port its port
     * @param timeoutMillis for each reply, at least 1
     * @param retries how often a message is sent again if no reply comes
     * @param loop ask for one message after the other
     */
    record Options(String host, int port, int timeoutMillis, int retries, boolean loop) {
        String server() {
            return SocketAddresses.colon(host, port);
        }
    }

    /** More than any datagram holds, so that none is ever cut. */
    private static final int BUFFER_BYTES = 65_536;

    /** More datagrams that nobody asked for are a flood, which is not shown to its end. */
    private static final int MOST_UNASKED = 1_000;

    private static final byte[] QUIT = {'q', 'u', 'i', 't'};

    private final Exercise exercise;
    private final Options options;
    private final Console console;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** The last reply, if it was the right one: a server of one's own may answer what it likes. */
    private byte[] lastReply;

    /** Whether the address that is used now is known to work. */
    private boolean reached;

    /**
     * @param console its transcript is written; its keyboard is not touched
     */
    UdpClient(Exercise exercise, Options options, Console console) {
        this.exercise = exercise;
        this.options = options;
        this.console = console;
    }

    /**
     * Sends every message of {@code messages} and waits for its reply, where the exercise has one.
     *
     * @param typed whether they come from a keyboard, which is asked for each; without {@link
     *     Options#loop} for one, unless the exercise is a conversation
     * @throws LabException if nobody listens at the port, or no reply comes
     */
    void run(MessageSource messages, boolean typed) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(options.host());
        } catch (UnknownHostException e) {
            throw new LabException("unknown host " + options.host(), e);
        }
        boolean asks = typed && exercise.prompt() != null;
        boolean many = !asks || options.loop() || exercise.isConversation();
        byte[] message = next(messages, asks ? exercise.prompt() : null, asks && many);
        for (int i = 0; message != null; i++) {
            try (DatagramChannel channel = DatagramChannel.open(
                            addresses[i] instanceof Inet4Address
                                    ? StandardProtocolFamily.INET
                                    : StandardProtocolFamily.INET6);
                    Selector selector = Selector.open()) {
                InetSocketAddress server = new InetSocketAddress(host(addresses[i]), options.port());
                channel.connect(server);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                while (message != null) {
                    exchange(channel, selector, server, message);
                    message = many ? next(messages, asks ? exercise.nextPrompt() : null, asks) : null;
                }
                if (exercise.isConversation()) {
                    clear(channel, server);
                }
            } catch (IOException e) {
                // UDP cannot tell which address of a host works; ICMP may tell which does not.
                if (reached || i == addresses.length - 1) {
                    throw failed(e);
                }
            }
        }
    }

    /** As a destination, 0.0.0.0 is this host (ip(7)); the replies come from its real address. */
    private static InetAddress host(InetAddress address) throws UnknownHostException {
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        return InetAddress.getByName(address instanceof Inet4Address ? "127.0.0.1" : "::1");
    }

    /**
     * @return the next message; null at the end
     */
    private byte[] next(MessageSource messages, String prompt, boolean untilQuit) {
        if (prompt != null) {
            console.out().prompt(prompt);
        }
        byte[] message = messages.next();
        return untilQuit && Arrays.equals(message, QUIT) ? null : message;
    }

    private void exchange(DatagramChannel channel, Selector selector, InetSocketAddress server, byte[] message)
            throws IOException {
        int limit = PayloadLimit.of(server.getAddress());
        if (message.length > limit) {
            throw new LabException("message longer than " + limit + " bytes: " + Printable.quote(message));
        }
        clear(channel, server);
        for (int sent = 1; ; sent++) {
            send(channel, server, message);
            if (!exercise.hasReplies()) {
                receive(channel, server); // nothing will come, except an ICMP error: on one machine at once
                reached = true;
                return;
            }
            byte[] reply = awaitReply(channel, selector, server, message);
            if (reply != null) {
                reached = true;
                lastReply = exercise.isReplyTo(message, reply) ? reply : null;
                show(reply, server);
                return;
            }
            if (sent > options.retries()) {
                throw new LabException("no reply within " + options.timeoutMillis() + " ms"
                        + (sent > 1 ? ", sent " + sent + " times" : "") + " (UDP does not retransmit)");
            }
            console.err()
                    .warning("no reply within " + options.timeoutMillis() + " ms, sending again (" + sent + " of "
                            + options.retries() + ")");
        }
    }

    /**
     * An empty datagram takes a detour: Java does not hand it to a connected socket, and says nothing
     * (as of 25). While the socket is not connected, the sender of what comes is checked here, and an
     * ICMP error goes unheard.
     */
    private void send(DatagramChannel channel, InetSocketAddress server, byte[] message) throws IOException {
        if (message.length == 0) {
            channel.disconnect();
        } else if (!channel.isConnected()) {
            channel.connect(server); // before the send: it empties the queue
        }
        channel.send(ByteBuffer.wrap(message), server);
    }

    /**
     * Waits for the time that one reply may take, however much else comes.
     *
     * @return the reply; null if none came
     */
    private byte[] awaitReply(DatagramChannel channel, Selector selector, InetSocketAddress server, byte[] message)
            throws IOException {
        long deadline = System.nanoTime() + options.timeoutMillis() * 1_000_000L;
        while (true) {
            byte[] datagram = receive(channel, server);
            if (datagram != null && !isLate(datagram, message)) {
                return datagram;
            }
            long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            if (datagram == null) {
                selector.select(left);
                selector.selectedKeys().clear();
            }
        }
    }

    /** Whether {@code datagram} answers an earlier message a second time, and not this one. */
    private boolean isLate(byte[] datagram, byte[] message) {
        if (!Arrays.equals(datagram, lastReply) || exercise.isReplyTo(message, datagram)) {
            return false;
        }
        dropped(datagram);
        return true;
    }

    private void dropped(byte[] datagram) {
        console.err().warning("a late or second reply was dropped: " + Printable.quote(datagram));
    }

    /** Empties the socket's queue before the next message. In chat it is what was typed unasked: shown. */
    private void clear(DatagramChannel channel, InetSocketAddress server) throws IOException {
        byte[] datagram;
        for (int i = 0; i < MOST_UNASKED && (datagram = receive(channel, server)) != null; i++) {
            if (exercise.isConversation()) {
                show(datagram, server);
            } else {
                dropped(datagram);
            }
        }
    }

    /**
     * @return the next datagram of the server that is there now; null if there is none
     * @throws PortUnreachableException if ICMP said so of what was sent before
     */
    private byte[] receive(DatagramChannel channel, InetSocketAddress server) throws IOException {
        buffer.clear();
        InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
        if (sender == null || !sender.equals(server)) {
            return null;
        }
        byte[] datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        return datagram;
    }

    private void show(byte[] reply, InetSocketAddress server) {
        String refusal = exercise.refusal(reply);
        if (refusal != null) {
            throw new LabException(options.server() + " answered with an error: " + refusal);
        }
        exercise.clientReceived(console.out(), Utf8.decode(reply, console.err()), SocketAddresses.tuple(server));
    }

    private LabException failed(IOException e) {
        if (e instanceof PortUnreachableException) {
            return new LabException("port unreachable at " + options.server() + " (ICMP) - is the server running?", e);
        }
        return new LabException("cannot reach " + options.server() + ": " + e.getMessage(), e);
    }
}
