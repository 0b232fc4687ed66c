package netlabs.capture.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.Conversation;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;
import netlabs.capture.file.MalformedCaptureException;
import netlabs.common.LabException;
import netlabs.common.net.SocketAddresses;

/** The answers as a script reads them: docs/capture-json.md says what each field means, and what may change. */
public final class JsonReport {
    /** Another number when a field gets another meaning or goes; new fields may come without. */
    private static final int SCHEMA = 1;

    private final Analyzer analyzer;
    private final JsonGenerator json;

    private JsonReport(Analyzer analyzer, JsonGenerator json) {
        this.analyzer = analyzer;
        this.json = json;
    }

    /**
     * @param file its name
     * @param analyzer has taken all of it that is readable
     * @param streams those to be described, of its TCP streams
     * @param flows those to be described, of its UDP flows
     * @param damage why that is not all; null if it is
     * @param out takes one object, with a newline behind it
     * @throws IOException of {@code out}
     */
    public static void write(
            String file,
            Analyzer analyzer,
            List<TcpStream> streams,
            List<UdpFlow> flows,
            LabException damage,
            Writer out)
            throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            json.setPrettyPrinter(printer.withObjectIndenter(new DefaultIndenter("  ", "\n")));
            new JsonReport(analyzer, json).write(file, streams, flows, damage);
        }
        out.write("\n");
    }

    private void write(String file, List<TcpStream> streams, List<UdpFlow> flows, LabException damage)
            throws IOException {
        Sockets sockets = Sockets.of(analyzer);
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("file", file);
        json.writeBooleanField("complete", damage == null);
        if (damage != null) {
            json.writeObjectFieldStart("damage");
            json.writeStringField("message", damage.getMessage());
            if (damage instanceof MalformedCaptureException malformed) {
                json.writeNumberField("offset", malformed.offset());
            }
            json.writeEndObject();
        }
        json.writeNumberField("frames", analyzer.frames());
        json.writeNumberField("bytes", analyzer.bytes());
        if (analyzer.frames() > 0) {
            writeTimes(analyzer.firstNanos(), analyzer.lastNanos());
        } else {
            json.writeNullField("start");
            json.writeNumberField("durationNanos", 0);
        }
        json.writeNumberField("tcpFrames", analyzer.tcpFrames());
        json.writeNumberField("udpFrames", analyzer.udpFrames());
        json.writeObjectFieldStart("otherFrames");
        for (Map.Entry<String, Long> other : analyzer.others().entrySet()) {
            json.writeNumberField(other.getKey(), other.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("recordedTwice", analyzer.recordedTwice());
        json.writeStringField("traffic", sockets.traffic().text());
        json.writeNumberField("uniqueSockets", sockets.count());
        writeSockets("servers", sockets.servers());
        writeSockets("clients", sockets.clients());
        json.writeArrayFieldStart("ephemeralPorts");
        for (int port : sockets.ephemeralPorts()) {
            json.writeNumber(port);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tcp");
        for (TcpStream stream : streams) {
            write(stream);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("udp");
        for (UdpFlow flow : flows) {
            json.writeStartObject();
            json.writeNumberField("flow", flow.number());
            writeConversation(flow);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSockets(String name, Set<Sockets.Socket> sockets) throws IOException {
        json.writeArrayFieldStart(name);
        for (Sockets.Socket socket : sockets) {
            json.writeStartObject();
            json.writeStringField("protocol", socket.protocol());
            writeAddress(socket.address());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeAddress(InetSocketAddress socket) throws IOException {
        json.writeStringField("address", SocketAddresses.host(socket.getAddress()));
        json.writeNumberField("port", socket.getPort());
    }

    private void write(TcpStream stream) throws IOException {
        json.writeStartObject();
        json.writeNumberField("stream", stream.number());
        writeConversation(stream);
        json.writeStringField("end", stream.end().text());
        writeSteps("handshake", stream.handshake());
        json.writeObjectFieldStart("roundTripNanos");
        writeNanos("synToSynAck", stream.serverRoundTripNanos());
        writeNanos("synAckToAck", stream.clientRoundTripNanos());
        writeNanos("synToAck", stream.roundTripNanos());
        json.writeEndObject();
        writeSteps("close", stream.close());
        json.writeObjectFieldStart("marks");
        for (Mark mark : Mark.values()) {
            if (stream.count(mark) > 0) {
                json.writeNumberField(mark.field(), stream.count(mark));
            }
        }
        json.writeEndObject();
        json.writeNumberField("segmentsSentAgain", stream.sentAgain());
        json.writeArrayFieldStart("retransmissions");
        for (long frame : stream.retransmissions()) {
            json.writeNumber(frame);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (TcpStream.Finding finding : stream.findings()) {
            json.writeString(finding.name());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** As text: many readers of JSON take a number for a double, which has no room for nanoseconds since 1970. */
    private void writeTimes(long firstNanos, long lastNanos) throws IOException {
        if (analyzer.hasTimes()) {
            json.writeStringField("start", Instant.ofEpochSecond(0, firstNanos).toString());
            json.writeNumberField("durationNanos", lastNanos - firstNanos);
        } else {
            json.writeNullField("start");
            json.writeNullField("durationNanos");
        }
    }

    private void writeNanos(String name, long nanos) throws IOException {
        if (nanos >= 0 && analyzer.hasTimes()) {
            json.writeNumberField(name, nanos);
        } else {
            json.writeNullField(name);
        }
    }

    private void writeSteps(String name, List<TcpStream.Step> steps) throws IOException {
        json.writeArrayFieldStart(name);
        for (TcpStream.Step step : steps) {
            json.writeStartObject();
            json.writeNumberField("frame", step.frame());
            json.writeStringField("flags", step.flags());
            json.writeStringField("from", step.fromClient() ? "client" : "server");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeConversation(Conversation conversation) throws IOException {
        writeEnd("client", conversation.client());
        writeEnd("server", conversation.server());
        json.writeStringField("traffic", Traffic.of(conversation).text());
        json.writeNumberField("firstFrame", conversation.firstFrame());
        json.writeNumberField("lastFrame", conversation.lastFrame());
        writeTimes(conversation.firstNanos(), conversation.lastNanos());
        json.writeNumberField("recordedTwice", conversation.recordedTwice());
        writeSent("toServer", conversation, true);
        writeSent("toClient", conversation, false);
    }

    private void writeEnd(String name, InetSocketAddress socket) throws IOException {
        json.writeObjectFieldStart(name);
        writeAddress(socket);
        json.writeEndObject();
    }

    private void writeSent(String name, Conversation conversation, boolean isClient) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("frames", conversation.frames(isClient));
        json.writeNumberField("bytes", conversation.bytes(isClient));
        json.writeNumberField("payloadBytes", conversation.payload(isClient));
        if (conversation instanceof TcpStream stream) {
            json.writeNumberField("streamBytes", stream.streamBytes(isClient));
            json.writeNumberField("payloadSegments", stream.dataFrames(isClient));
            json.writeNumberField("payloadBytesSentAgain", stream.payloadSentAgain(isClient));
        }
        json.writeEndObject();
    }
}
