package netlabs.capture.flow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frame.Phase;
import netlabs.capture.analysis.Frame.Transport;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpFlags;

/** Frames made by hand, told as a story: who sends what, and when. */
final class Exchange {
    private final List<Frame> frames = new ArrayList<>();
    private final InetSocketAddress client;
    private final InetSocketAddress server;
    private final long[] sent = {0, 0};
    private int stream;
    private long nanos;

    Exchange(String clientHost, int clientPort, String serverHost, int serverPort) {
        client = address(clientHost, clientPort);
        server = address(serverHost, serverPort);
    }

    static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(host, e);
        }
    }

    /** Between the sockets that the sheets print. */
    static Exchange onLoopback() {
        return new Exchange("127.0.0.1", 59814, "127.0.0.1", 5005);
    }

    /** The next frames are of this stream. */
    Exchange stream(int number) {
        stream = number;
        sent[0] = 0;
        sent[1] = 0;
        return this;
    }

    /** Time goes by. */
    Exchange after(long micros) {
        nanos += micros * 1_000;
        return this;
    }

    Exchange handshake() {
        return tcp(true, TcpFlags.SYN, "", Phase.HANDSHAKE)
                .after(12)
                .tcp(false, TcpFlags.SYN | TcpFlags.ACK, "", Phase.HANDSHAKE)
                .after(11)
                .tcp(true, TcpFlags.ACK, "", Phase.HANDSHAKE);
    }

    Exchange client(String text, Mark... marks) {
        return after(100).tcp(true, TcpFlags.PSH | TcpFlags.ACK, text, Phase.DATA, marks);
    }

    Exchange server(String text, Mark... marks) {
        return after(100).tcp(false, TcpFlags.PSH | TcpFlags.ACK, text, Phase.DATA, marks);
    }

    Exchange clientAcks(Mark... marks) {
        return after(10).tcp(true, TcpFlags.ACK, "", Phase.DATA, marks);
    }

    /** FIN, FIN, ACK. */
    Exchange close() {
        return after(50)
                .tcp(true, TcpFlags.FIN | TcpFlags.ACK, "", Phase.CLOSE)
                .after(30)
                .tcp(false, TcpFlags.FIN | TcpFlags.ACK, "", Phase.CLOSE)
                .after(20)
                .tcp(true, TcpFlags.ACK, "", Phase.CLOSE);
    }

    Exchange serverResets() {
        return after(20).tcp(false, TcpFlags.RST, "", Phase.CLOSE);
    }

    /** The client sends bytes from {@code sequence} on again. */
    Exchange clientAgain(long sequence, String text, Mark... marks) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return add(Transport.TCP, true, TcpFlags.PSH | TcpFlags.ACK, sequence, payload, Phase.DATA, set(marks), "");
    }

    Exchange datagram(boolean fromClient, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return add(Transport.UDP, fromClient, 0, 0, payload, Phase.DATA, Set.of(), "");
    }

    /** What is no IP packet. */
    Exchange other(String remark) {
        frames.add(frame(Transport.OTHER, null, null, true, 0, 0, new byte[28], Phase.DATA, Set.of(), remark));
        return this;
    }

    /** What has no ports. */
    Exchange other(String from, String to, String remark) {
        frames.add(frame(
                Transport.OTHER,
                address(from, 0),
                address(to, 0),
                true,
                0,
                0,
                new byte[28],
                Phase.DATA,
                Set.of(),
                remark));
        return this;
    }

    List<Frame> frames() {
        return frames;
    }

    List<Ladder> ladders(int limit) {
        Ladders ladders = new Ladders(limit);
        frames.forEach(ladders::add);
        return ladders.list();
    }

    private Exchange tcp(boolean fromClient, int flags, String text, Phase phase, Mark... marks) {
        int side = fromClient ? 0 : 1;
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        add(Transport.TCP, fromClient, flags, sent[side], payload, phase, set(marks), "");
        sent[side] += payload.length + ((flags & (TcpFlags.SYN | TcpFlags.FIN)) == 0 ? 0 : 1);
        return this;
    }

    private static Set<Mark> set(Mark... marks) {
        Set<Mark> set = EnumSet.noneOf(Mark.class);
        set.addAll(List.of(marks));
        return set;
    }

    private Exchange add(
            Transport transport,
            boolean fromClient,
            int flags,
            long sequence,
            byte[] payload,
            Phase phase,
            Set<Mark> marks,
            String remark) {
        frames.add(frame(
                transport,
                fromClient ? client : server,
                fromClient ? server : client,
                fromClient,
                flags,
                sequence,
                payload,
                phase,
                marks,
                remark));
        return this;
    }

    private Frame frame(
            Transport transport,
            InetSocketAddress source,
            InetSocketAddress destination,
            boolean fromClient,
            int flags,
            long sequence,
            byte[] payload,
            Phase phase,
            Set<Mark> marks,
            String remark) {
        return new Frame(
                frames.size() + 1,
                nanos,
                transport,
                transport == Transport.OTHER ? -1 : stream,
                source,
                destination,
                fromClient,
                flags,
                sequence,
                (flags & TcpFlags.ACK) == 0 ? 0 : sent[fromClient ? 1 : 0],
                65_536,
                54 + payload.length,
                payload.length,
                payload,
                phase,
                marks,
                remark);
    }
}
