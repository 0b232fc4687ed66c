package netlabs.capture.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.Conversation;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;
import netlabs.common.net.SocketAddresses;

/** The answers as a student reads them. */
public final class TextReport {
    /** Of a list that stands in one line. */
    private static final int MOST_IN_LINE = 20;

    private final Analyzer analyzer;
    private final StringBuilder text;

    private TextReport(Analyzer analyzer, StringBuilder text) {
        this.analyzer = analyzer;
        this.text = text;
    }

    /**
     * @param file its name
     * @param analyzer has taken all of it that is readable
     * @param streams those to be described, of its TCP streams
     * @param flows those to be described, of its UDP flows
     * @param text takes the lines, each with its newline
     * @param endPart is run behind each stream: what is in {@code text} may go then
     */
    public static void write(
            String file,
            Analyzer analyzer,
            List<TcpStream> streams,
            List<UdpFlow> flows,
            StringBuilder text,
            Runnable endPart) {
        TextReport report = new TextReport(analyzer, text);
        report.summarize(file);
        for (TcpStream stream : streams) {
            report.describe(stream);
            endPart.run();
        }
        for (UdpFlow flow : flows) {
            report.describe(flow);
            endPart.run();
        }
    }

    private void summarize(String file) {
        Sockets sockets = Sockets.of(analyzer);
        text.append(file)
                .append(": ")
                .append(plural(analyzer.frames(), "frame"))
                .append(", ");
        text.append(plural(analyzer.bytes(), "byte")).append(", ");
        appendDuration(analyzer.lastNanos() - analyzer.firstNanos());
        text.append('\n');
        if (analyzer.frames() == 0) {
            begin("note");
            text.append("no packets: look at the interface and the filter that it was recorded with\n");
        }
        begin("frames");
        text.append("TCP ").append(analyzer.tcpFrames()).append(", UDP ").append(analyzer.udpFrames());
        for (Map.Entry<String, Long> other : analyzer.others().entrySet()) {
            text.append(", ").append(other.getKey()).append(": ").append(other.getValue());
        }
        text.append('\n');
        if (analyzer.recordedTwice() > 0) {
            begin("seen twice");
            text.append(plural(analyzer.recordedTwice(), "frame"))
                    .append(" with a packet that an earlier frame has already:"
                            + " captured on several interfaces, or doubled by the network.\n");
            begin("");
            text.append("Frames, bytes and marks count them, as tshark does; no host sent them again.\n");
        }
        begin("traffic");
        text.append(sockets.traffic().text()).append('\n');
        appendSockets("servers", sockets.servers());
        appendSockets("clients", sockets.clients());
        begin("sockets");
        text.append(sockets.count()).append(" unique socket addresses\n");
        if (!sockets.ephemeralPorts().isEmpty()) {
            begin("ephemeral");
            text.append("clients' ports ");
            appendList(sockets.ephemeralPorts());
            text.append('\n');
        }
    }

    private void appendSockets(String name, Set<Sockets.Socket> sockets) {
        begin(name);
        text.append(sockets.size());
        String separator = ": ";
        int count = 0;
        for (Sockets.Socket socket : sockets) {
            if (++count > MOST_IN_LINE) {
                text.append(", ... ").append(sockets.size() - MOST_IN_LINE).append(" more");
                break;
            }
            text.append(separator).append(socket.protocol()).append(' ');
            text.append(SocketAddresses.tuple(socket.address()));
            separator = ", ";
        }
        text.append('\n');
    }

    private void describe(TcpStream stream) {
        text.append("\nTCP stream ")
                .append(stream.number())
                .append(": ")
                .append(stream.end().text())
                .append('\n');
        describeEnds(stream);
        appendSteps("handshake", stream.handshake(), stream);
        describeRoundTrip(stream);
        appendSent("to server", stream, true);
        appendSent("to client", stream, false);
        appendSteps("close", stream.close(), stream);
        begin("sent again");
        long count = stream.sentAgain();
        if (count == 0) {
            text.append("nothing");
        } else {
            text.append(plural(count, "segment")).append(count == 1 ? ": frame " : ": frames ");
            appendList(stream.retransmissions());
        }
        text.append('\n');
        for (Mark mark : Mark.values()) {
            boolean isSaid = mark == Mark.RETRANSMISSION && stream.count(mark) == count;
            if (!isSaid && stream.count(mark) > 0) {
                begin("marked");
                text.append(mark.text())
                        .append(": ")
                        .append(plural(stream.count(mark), "frame"))
                        .append('\n');
            }
        }
        for (TcpStream.Finding finding : stream.findings()) {
            begin("note");
            text.append(finding.text()).append('\n');
        }
    }

    private void describeRoundTrip(TcpStream stream) {
        boolean hasParts = stream.serverRoundTripNanos() >= 0;
        if (!hasParts && stream.roundTripNanos() < 0) {
            return;
        }
        begin("round trip");
        if (!analyzer.hasTimes()) {
            text.append("no times in this capture\n");
            return;
        }
        if (stream.roundTripNanos() >= 0) {
            appendMillis(stream.roundTripNanos());
            text.append(hasParts ? " (" : "");
        }
        if (hasParts) {
            text.append("SYN to SYN-ACK ");
            appendMillis(stream.serverRoundTripNanos());
        }
        if (hasParts && stream.clientRoundTripNanos() >= 0) {
            text.append(", SYN-ACK to ACK ");
            appendMillis(stream.clientRoundTripNanos());
            text.append(')');
        }
        boolean isOfLast = stream.findings().contains(TcpStream.Finding.SYN_RETRANSMITTED);
        text.append(isOfLast ? ", from the last SYN\n" : "\n");
    }

    private static boolean isGuess(Conversation conversation) {
        return conversation instanceof TcpStream stream && stream.isClientGuessed();
    }

    private void describe(UdpFlow flow) {
        text.append("\nUDP flow ").append(flow.number()).append(": no connection, no handshake, no close\n");
        describeEnds(flow);
        appendSent("to server", flow, true);
        appendSent("to client", flow, false);
        if (flow.recordedTwice() > 0) {
            begin("note");
            text.append(TcpStream.Finding.RECORDED_TWICE.text()).append('\n');
        }
    }

    private void describeEnds(Conversation conversation) {
        begin("client");
        text.append(SocketAddresses.tuple(conversation.client()));
        text.append(isGuess(conversation) ? " - a guess: without a SYN, who has the higher port\n" : "\n");
        begin("server");
        text.append(SocketAddresses.tuple(conversation.server())).append('\n');
        begin("traffic");
        text.append(Traffic.of(conversation).text()).append(", frames ").append(conversation.firstFrame());
        text.append(" to ").append(conversation.lastFrame()).append(", ");
        appendDuration(conversation.lastNanos() - conversation.firstNanos());
        text.append('\n');
    }

    private void appendSteps(String name, List<TcpStream.Step> steps, TcpStream stream) {
        if (steps.isEmpty()) {
            begin(name);
            text.append("not in this capture\n");
        }
        String label = name;
        int width = steps.isEmpty()
                ? 0
                : Long.toString(steps.get(steps.size() - 1).frame()).length();
        for (TcpStream.Step step : steps) {
            begin(label);
            label = "";
            String frame = Long.toString(step.frame());
            text.append("frame ").append(frame).append(": ");
            for (int i = frame.length(); i < width; i++) {
                text.append(' ');
            }
            text.append(step.flags());
            for (int i = step.flags().length(); i < 8; i++) {
                text.append(' ');
            }
            text.append(step.fromClient() ? "client " : "server ");
            text.append(SocketAddresses.tuple(step.fromClient() ? stream.client() : stream.server()));
            text.append(step.fromClient() ? " -> server " : " -> client ");
            text.append(SocketAddresses.tuple(step.fromClient() ? stream.server() : stream.client()));
            text.append('\n');
        }
    }

    private void appendSent(String name, Conversation conversation, boolean isClient) {
        begin(name);
        long payload = conversation.payload(isClient);
        if (conversation instanceof TcpStream stream) {
            long bytes = stream.streamBytes(isClient);
            text.append(plural(bytes, "byte")).append(" of payload");
            text.append(bytes == payload ? "" : ", sent as " + payload).append(" in ");
            text.append(plural(stream.dataFrames(isClient), "segment"));
            if (stream.payloadSentAgain(isClient) > 0) {
                text.append(" (").append(stream.payloadSentAgain(isClient)).append(" of them again)");
            }
        } else {
            text.append(plural(payload, "byte")).append(" of payload");
        }
        text.append("; ").append(plural(conversation.frames(isClient), "frame")).append(", ");
        text.append(plural(conversation.bytes(isClient), "byte")).append(" with headers\n");
    }

    /** The name of what follows, in a column of its own. */
    private void begin(String name) {
        text.append("  ").append(name);
        for (int i = name.length(); i < 12; i++) {
            text.append(' ');
        }
    }

    private void appendList(Collection<? extends Number> numbers) {
        int count = 0;
        for (Number number : numbers) {
            if (++count > MOST_IN_LINE) {
                text.append(", ... ").append(numbers.size() - MOST_IN_LINE).append(" more");
                return;
            }
            text.append(count == 1 ? "" : ", ").append(number);
        }
    }

    private void appendMillis(long nanos) {
        appendFixed(nanos, 1_000_000, 3);
        text.append(" ms");
    }

    private void appendDuration(long nanos) {
        if (analyzer.hasTimes()) {
            appendFixed(nanos, 1_000_000_000, 6);
            text.append(" s");
        } else {
            text.append("no times");
        }
    }

    /** A number with {@code digits} behind its point, cut off. */
    private void appendFixed(long nanos, long unit, int digits) {
        long value = Math.abs(nanos);
        text.append(nanos < 0 ? "-" : "").append(value / unit).append('.');
        long rest = value % unit;
        for (int i = 0; i < digits; i++) {
            rest *= 10;
            text.append(rest / unit);
            rest %= unit;
        }
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
