package netlabs.capture.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import netlabs.capture.RawPcap;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.Frames;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.file.MalformedCaptureException;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
    private static final Path CAPTURES = LabJar.samples().resolve("captures");
    private static final Path DOCUMENT = LabJar.samples().resolveSibling("docs").resolve("capture-json.md");

    /** A larger whole number is not exact as a double, which is what JavaScript and jq make of it. */
    private static final long MOST_EXACT = 1L << 53;

    @TempDir
    private Path folder;

    private static JsonNode json(String name, Analyzer analyzer, MalformedCaptureException damage) throws IOException {
        StringWriter text = new StringWriter();
        JsonReport.write(name, analyzer, analyzer.tcpStreams(), analyzer.udpFlows(), damage, text);
        return new ObjectMapper().readTree(text.toString());
    }

    private static JsonNode analyze(Path file) throws IOException {
        MalformedCaptureException damage = null;
        try (Frames frames = Frames.open(file)) {
            try {
                while (frames.next() != null) {
                    // The analyzer has it.
                }
            } catch (MalformedCaptureException e) {
                damage = e;
            }
            return json(file.getFileName().toString(), frames.analyzer(), damage);
        }
    }

    private Path exchangeCutAt(int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(CAPTURES.resolve("exchange.pcap"));
        return Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, bytes));
    }

    /** Every sample, one that is damaged, and datagrams without times. */
    private List<JsonNode> outputs() throws IOException {
        List<JsonNode> outputs = new ArrayList<>();
        outputs.add(analyze(exchangeCutAt(700)));
        byte[] datagram = new RawPcap().datagram(49_152, 12_000, "HELLO").withoutTimes();
        outputs.add(analyze(Files.write(folder.resolve("datagram.pcapng"), datagram)));
        try (Stream<Path> files = Files.list(CAPTURES)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().matches(".*\\.pcap(ng)?")) {
                    outputs.add(analyze(file));
                }
            }
        }
        return outputs;
    }

    private static String steps(JsonNode steps) {
        List<String> texts = new ArrayList<>();
        for (JsonNode step : steps) {
            texts.add(step.get("frame") + " " + step.get("from").asText() + " "
                    + step.get("flags").asText());
        }
        return String.join(", ", texts);
    }

    /** Neither can have a field, or a type, that the other does not know. */
    @Test
    void theDocumentAndTheProgramAgree() throws IOException {
        SortedMap<String, TreeSet<String>> types = new TreeMap<>();
        for (JsonNode output : outputs()) {
            JsonSchema.addFields(output, types);
        }
        SortedMap<String, String> written = new TreeMap<>();
        types.forEach((path, ofPath) -> {
            boolean isNull = ofPath.remove("null");
            written.put(path, String.join("/", ofPath) + (isNull ? " or null" : ""));
        });

        assertThat(written).hasSizeGreaterThan(50).containsExactlyEntriesOf(JsonSchema.documented(DOCUMENT));
    }

    @Test
    void everyValueIsDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (Mark mark : Mark.values()) {
            assertThat(document).contains("| `" + mark.field() + "` | number |");
        }
        for (TcpStream.End end : TcpStream.End.values()) {
            assertThat(document).contains("| `" + end.text() + "` |");
        }
        for (TcpStream.Finding finding : TcpStream.Finding.values()) {
            assertThat(document).contains("| `" + finding.name() + "` |");
        }
        for (Traffic traffic : Traffic.values()) {
            assertThat(document).contains("`" + traffic.text() + "`");
        }
        for (JsonNode output : outputs()) {
            for (JsonNode stream : output.get("tcp")) {
                for (String flags : stream.findValuesAsText("flags")) {
                    assertThat(document).contains("`" + flags + "`");
                }
            }
        }
    }

    @Test
    void numbersAreWholeAndFitADouble() throws IOException {
        int numbers = 0;
        for (JsonNode output : outputs()) {
            for (JsonNode number : JsonSchema.numbers(output)) {
                assertThat(number.isIntegralNumber()).isTrue();
                assertThat(number.bigIntegerValue().abs().longValueExact()).isLessThanOrEqualTo(MOST_EXACT);
                numbers++;
            }
        }
        assertThat(numbers).isGreaterThan(1000);
    }

    @Test
    void anExchange() throws IOException {
        JsonNode output = analyze(CAPTURES.resolve("exchange.pcap"));
        JsonNode stream = output.get("tcp").get(0);

        assertThat(output.get("schema").intValue()).isEqualTo(1);
        assertThat(output.get("file").textValue()).isEqualTo("exchange.pcap");
        assertThat(output.get("complete").booleanValue()).isTrue();
        assertThat(output.has("damage")).isFalse();
        assertThat(output.get("frames").intValue()).isEqualTo(11);
        assertThat(output.get("bytes").intValue()).isEqualTo(754);
        assertThat(output.get("tcpFrames").intValue()).isEqualTo(11);
        assertThat(output.get("traffic").textValue()).isEqualTo("external");
        assertThat(output.get("uniqueSockets").intValue()).isEqualTo(2);
        assertThat(output.get("tcp")).hasSize(1);
        assertThat(output.get("udp")).isEmpty();
        assertThat(stream.at("/server/address").textValue()).isEqualTo("10.0.3.2");
        assertThat(stream.at("/server/port").intValue()).isEqualTo(5005);
        assertThat(stream.at("/client/address").textValue()).isEqualTo("10.0.3.1");
        assertThat(output.get("ephemeralPorts"))
                .hasSize(1)
                .first()
                .isEqualTo(stream.at("/client/port"))
                .isEqualTo(output.at("/clients/0/port"));
        assertThat(stream.get("end").textValue()).isEqualTo("closed");
        assertThat(steps(stream.get("handshake"))).isEqualTo("1 client SYN, 2 server SYN-ACK, 3 client ACK");
        assertThat(steps(stream.get("close")))
                .isEqualTo("8 client FIN-ACK, 9 server ACK, 10 server FIN-ACK, 11 client ACK");
        assertThat(stream.at("/toServer/payloadBytes").intValue()).isEqualTo(6);
        assertThat(stream.at("/toServer/frames").intValue()).isEqualTo(6);
        assertThat(stream.at("/toClient/payloadBytes").intValue()).isEqualTo(6);
        assertThat(stream.at("/toClient/frames").intValue()).isEqualTo(5);
        assertThat(stream.get("marks")).isEmpty();
        assertThat(stream.get("retransmissions")).isEmpty();
        assertThat(stream.get("findings")).isEmpty();
        // The wire between them takes 5 ms each way.
        assertThat(stream.at("/roundTripNanos/synToSynAck").longValue()).isBetween(10_000_000L, 20_000_000L);
        assertThat(Instant.parse(output.get("start").textValue())).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void whatWasReadableOfADamagedFile() throws IOException {
        JsonNode output = analyze(exchangeCutAt(700));

        assertThat(output.get("complete").booleanValue()).isFalse();
        assertThat(output.at("/damage/offset").intValue()).isEqualTo(626);
        assertThat(output.at("/damage/message").textValue())
                .isEqualTo(folder.resolve("cut.pcap") + ": the file ends within a packet of 66 bytes, at byte 626");
        assertThat(output.get("frames").intValue()).isEqualTo(7);
        assertThat(output.at("/tcp/0/end").textValue()).isEqualTo("open");
    }

    @Test
    void aCaptureWithoutPackets() throws IOException {
        JsonNode output = analyze(exchangeCutAt(24));

        assertThat(output.get("complete").booleanValue()).isTrue();
        assertThat(output.get("frames").intValue()).isZero();
        assertThat(output.get("traffic").textValue()).isEqualTo("none");
        assertThat(output.get("tcp")).isEmpty();
        assertThat(output.get("udp")).isEmpty();
    }

    /** Nothing took 0 ns. */
    @Test
    void aCaptureWithoutTimes() throws IOException {
        JsonNode output = analyze(CAPTURES.resolve("simple-packets.pcapng"));

        assertThat(output.get("start").isNull()).isTrue();
        assertThat(output.get("durationNanos").isNull()).isTrue();
        assertThat(output.at("/tcp/0/start").isNull()).isTrue();
        assertThat(output.at("/tcp/0/durationNanos").isNull()).isTrue();
        assertThat(output.at("/tcp/0/handshake")).hasSize(3);
        assertThat(output.at("/tcp/0/roundTripNanos")).hasSize(3).allMatch(JsonNode::isNull);
    }

    @Test
    void roundTripsOfAHandshakeThatIsNotThere() throws IOException {
        JsonNode output = analyze(CAPTURES.resolve("started-in-the-middle.pcap"));

        assertThat(output.at("/tcp/0/handshake")).isEmpty();
        assertThat(output.at("/tcp/0/roundTripNanos")).hasSize(3).allMatch(JsonNode::isNull);
    }

    /** As in a name that somebody hands in. */
    @Test
    void theNameOfTheFileIsQuoted() throws IOException {
        JsonNode output = json("a\"b\\c\n.pcap", new Analyzer(), null);

        assertThat(output.get("file").textValue()).isEqualTo("a\"b\\c\n.pcap");
    }
}
