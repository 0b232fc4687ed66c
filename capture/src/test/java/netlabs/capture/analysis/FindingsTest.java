package netlabs.capture.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import netlabs.capture.RawPcap;
import netlabs.capture.file.CaptureReader;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the odd cases in {@code samples/captures/}: each is known for what it is. */
class FindingsTest {
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;
    private static final int PSH_ACK = TcpFlags.PSH | TcpFlags.ACK;

    private static Analyzer analyze(String capture) throws IOException {
        try (Frames frames = Frames.open(LabJar.samples().resolve("captures").resolve(capture))) {
            for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
                assertThat(frame.number()).isEqualTo(frames.analyzer().frames());
            }
            return frames.analyzer();
        }
    }

    /** The frames of a capture made by hand. */
    private static List<Frame> frames(RawPcap capture) throws IOException {
        List<Frame> all = new ArrayList<>();
        try (Frames frames = Frames.of(CaptureReader.of(capture.bytes()))) {
            for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
                all.add(frame);
            }
        }
        return all;
    }

    private static TcpStream stream(RawPcap capture) throws IOException {
        try (Frames frames = Frames.of(CaptureReader.of(capture.bytes()))) {
            while (frames.next() != null) {
                continue;
            }
            return frames.analyzer().tcpStreams().get(0);
        }
    }

    private static String steps(List<TcpStream.Step> steps) {
        return steps.stream()
                .map(step -> step.frame() + (step.fromClient() ? " client " : " server ") + step.flags())
                .collect(Collectors.joining(", "));
    }

    private static String marks(TcpStream stream) {
        List<String> marks = new ArrayList<>();
        for (Mark mark : Mark.values()) {
            if (stream.count(mark) > 0) {
                marks.add(mark + " " + stream.count(mark));
            }
        }
        return String.join(", ", marks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exchange.pcap | CLOSED | ''",
                "unanswered.pcap | HALF_OPEN | SYN_RETRANSMITTED",
                "half-open.pcap | HALF_OPEN | ''",
                "refused.pcap | REFUSED | ''",
                "reset.pcap | RESET | ''",
                "reset-unread.pcap | RESET | ''",
                "reset-after-close.pcap | RESET | HALF_CLOSE",
                "half-close.pcap | CLOSED | HALF_CLOSE",
                "dead-peer.pcap | OPEN | GOES_ON",
                "started-in-the-middle.pcap | CLOSED | STARTED_BEFORE",
                "lost-syn.pcap | CLOSED | SYN_RETRANSMITTED",
                "lost-syn-ack.pcap | CLOSED | SYN_RETRANSMITTED",
                "simultaneous-open.pcap | CLOSED | SIMULTANEOUS_OPEN",
                "simultaneous-close.pcap | CLOSED | SIMULTANEOUS_CLOSE",
                "seen-twice.pcap | CLOSED | RECORDED_TWICE",
                "seen-twice-lo.pcap | CLOSED | RECORDED_TWICE",
                "sequence-wrap.pcap | CLOSED | ''",
            })
    void endAndFindings(String capture, TcpStream.End end, String findings) throws IOException {
        TcpStream stream = analyze(capture).tcpStreams().get(0);

        assertThat(stream.end()).isEqualTo(end);
        assertThat(stream.findings().stream().map(Enum::name).collect(Collectors.joining(", ")))
                .isEqualTo(findings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retransmission-timeout.pcap | RETRANSMISSION 3",
                "tail-loss-probe.pcap | RETRANSMISSION 1",
                "spurious-retransmission.pcap | RETRANSMISSION 1, SPURIOUS_RETRANSMISSION 1, DUPLICATE_ACK 1",
                "lost-segment.pcap | RETRANSMISSION 1, FAST_RETRANSMISSION 1, DUPLICATE_ACK 5",
                "keep-alive.pcap | KEEP_ALIVE 3, KEEP_ALIVE_ACK 3",
            })
    void marksOfTheStream(String capture, String marks) throws IOException {
        assertThat(marks(analyze(capture).tcpStreams().get(0))).isEqualTo(marks);
    }

    @ParameterizedTest
    @CsvSource({
        "lost-segment-receiver.pcap, LOST_SEGMENT",
        "out-of-order.pcap, OUT_OF_ORDER",
        "zero-window.pcap, ZERO_WINDOW",
        "zero-window.pcap, WINDOW_UPDATE",
        "zero-window.pcap, WINDOW_FULL",
        "zero-window-probe.pcap, ZERO_WINDOW_PROBE",
        "zero-window-probe.pcap, ZERO_WINDOW_PROBE_ACK",
    })
    void markIsThere(String capture, Mark mark) throws IOException {
        assertThat(analyze(capture).tcpStreams().get(0).count(mark)).isPositive();
    }

    @Test
    void handshakeAndClose() throws IOException {
        TcpStream stream = analyze("exchange.pcap").tcpStreams().get(0);

        assertThat(steps(stream.handshake())).isEqualTo("1 client SYN, 2 server SYN-ACK, 3 client ACK");
        assertThat(steps(stream.close())).isEqualTo("8 client FIN-ACK, 9 server ACK, 10 server FIN-ACK, 11 client ACK");
        assertThat(stream.roundTripNanos())
                .isEqualTo(stream.serverRoundTripNanos() + stream.clientRoundTripNanos())
                .isBetween(10_000_000L, 20_000_000L); // the wire between them takes 5 ms each way
        assertThat(stream.payload(true)).isEqualTo(6);
        assertThat(stream.payload(false)).isEqualTo(6);
    }

    @Test
    void aFinThatAcknowledgesTheOther() throws IOException {
        TcpStream stream = analyze("three-hosts-part1.pcap").tcpStreams().get(0);

        assertThat(steps(stream.close())).isEqualTo("11 client FIN-ACK, 12 server FIN-ACK, 13 client ACK");
    }

    @Test
    void handshakeOfASimultaneousOpen() throws IOException {
        TcpStream stream = analyze("simultaneous-open.pcap").tcpStreams().get(0);

        assertThat(steps(stream.handshake()))
                .isEqualTo("1 client SYN, 2 server SYN, 3 client SYN-ACK, 4 server SYN-ACK, 5 client ACK");
    }

    @Test
    void aPortThatIsUsedAgainMakesAnotherStream() throws IOException {
        List<TcpStream> streams = analyze("port-reuse.pcap").tcpStreams();

        assertThat(streams).hasSize(2);
        assertThat(streams.get(1).client()).isEqualTo(streams.get(0).client());
        assertThat(streams.get(0).end()).isEqualTo(TcpStream.End.RESET);
        assertThat(streams.get(1).count(Mark.PORT_REUSED)).isEqualTo(1);
    }

    /** The FIN of the first connection comes when the SYN of the second has been sent already. */
    @Test
    void theLateEndOfAnEarlierConnection() throws IOException {
        TcpStream second = analyze("port-reuse-at-once.pcap").tcpStreams().get(1);

        assertThat(second.end()).isEqualTo(TcpStream.End.CLOSED);
        assertThat(second.findings()).isEmpty();
        assertThat(steps(second.close()))
                .isEqualTo("18 client FIN-ACK, 19 server ACK, 20 server FIN-ACK, 21 client ACK");
    }

    /** In the ladder they would stand as a close in the middle of the handshake. */
    @Test
    void theLateEndOfAnEarlierConnectionIsNotThisOnesClose() throws IOException {
        List<Frame.Phase> phases = new ArrayList<>();
        try (Frames frames = Frames.open(LabJar.samples().resolve("captures").resolve("port-reuse-at-once.pcap"))) {
            for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
                if (frame.stream() == 1) {
                    phases.add(frame.phase());
                }
            }
        }

        assertThat(phases.subList(0, 6))
                .containsExactly(
                        Frame.Phase.HANDSHAKE, // SYN
                        Frame.Phase.DATA, // the FIN of the one before
                        Frame.Phase.DATA, // the RST in answer to it
                        Frame.Phase.HANDSHAKE,
                        Frame.Phase.HANDSHAKE,
                        Frame.Phase.DATA);
        assertThat(phases.subList(9, 13)).containsOnly(Frame.Phase.CLOSE);
    }

    /** That is all there is: the SYN was not answered, and nobody refused. */
    @Test
    void theLateEndOfAnEarlierConnectionRefusesNone() throws IOException {
        TcpStream stream = stream(new RawPcap()
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(5005, 40_000, 90_000, 700, TcpFlags.FIN | TcpFlags.ACK, "")
                .tcp(40_000, 5005, 700, 0, TcpFlags.RST, ""));

        assertThat(stream.close()).isEmpty();
        assertThat(stream.end()).isEqualTo(TcpStream.End.HALF_OPEN);
    }

    /** The SYN-ACK is not in the capture; the ends are this connection's all the same. */
    @Test
    void anEndWithoutSynAckIsThisConnectionsOwn() throws IOException {
        TcpStream stream = stream(new RawPcap()
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(5005, 40_000, 5_001, 1_001, TcpFlags.FIN | TcpFlags.ACK, "")
                .tcp(40_000, 5005, 1_001, 5_002, TcpFlags.RST | TcpFlags.ACK, ""));

        assertThat(steps(stream.close())).isEqualTo("2 server FIN-ACK, 3 client RST-ACK");
    }

    @Test
    void whatWasRecordedTwiceWasNotSentTwice() throws IOException {
        Analyzer analyzer = analyze("seen-twice.pcap");
        TcpStream stream = analyzer.tcpStreams().get(0);

        assertThat(analyzer.recordedTwice()).isEqualTo(11);
        assertThat(stream.sentAgain()).isZero();
        assertThat(stream.payload(true)).isEqualTo(6);
        assertThat(stream.payloadSentAgain(true)).isZero();
        assertThat(stream.frames(true)).isEqualTo(12); // as tshark counts them
    }

    /** As above, but the network itself delivered a segment twice: that is one packet on the receiver's interface, two times. */
    @Test
    void whatTheNetworkDoubledIsTakenForRecordedTwice() throws IOException {
        TcpStream stream = analyze("duplicated.pcap").tcpStreams().get(0);

        assertThat(stream.recordedTwice()).isEqualTo(1);
        assertThat(stream.sentAgain()).isZero();
    }

    /** The same exchange on the sender's host, which has the lost segment, and on the receiver's, which has it once. */
    @ParameterizedTest
    @CsvSource({
        "lost-segment.pcap, 152, 171",
        "lost-segment-receiver.pcap, 152, 152",
        "zero-window-probe.pcap, 3688, 3691",
        "sequence-wrap.pcap, 57, 57",
        "seen-twice.pcap, 6, 6",
        "port-reuse.pcap, 6, 6",
        "started-in-the-middle.pcap, 6, 6",
    })
    void bytesOfTheStreamAndOfPayload(String capture, long streamBytes, long payload) throws IOException {
        TcpStream stream = analyze(capture).tcpStreams().get(0);

        assertThat(stream.streamBytes(true)).isEqualTo(streamBytes);
        assertThat(stream.payload(true)).isEqualTo(payload);
    }

    @Test
    void bytesBehindTheLateEndOfAnEarlierConnection() throws IOException {
        TcpStream second = analyze("port-reuse-at-once.pcap").tcpStreams().get(1);

        assertThat(second.streamBytes(true)).isEqualTo(6);
        assertThat(second.streamBytes(false)).isEqualTo(6);
    }

    @Test
    void theRoundTripIsThatOfTheLastSyn() throws IOException {
        TcpStream stream = analyze("lost-syn-ack.pcap").tcpStreams().get(0);

        assertThat(stream.serverRoundTripNanos()).isPositive();
        assertThat(stream.roundTripNanos())
                .isEqualTo(stream.serverRoundTripNanos() + stream.clientRoundTripNanos())
                .isLessThan(20_000_000);
    }

    /** A SYN-ACK has no identification in its IP header: its copy is known by coming at once. */
    @Test
    void aSynAckThatWasRecordedTwice() throws IOException {
        TcpStream stream = analyze("seen-twice-lo.pcap").tcpStreams().get(0);

        assertThat(stream.sentAgain()).isZero();
        assertThat(stream.recordedTwice()).isEqualTo(stream.frames(true) / 2 + stream.frames(false) / 2);
    }

    /** As {@link TsharkIT} has it from tshark: what is behind a gap is no longer what was sent last. */
    @Test
    void aSynThatComesAgainBehindAGap() throws IOException {
        List<Frame> frames = frames(MadeCaptures.synBehindAGap());

        assertThat(frames.get(4).marks()).containsExactly(Mark.RETRANSMISSION);
        assertThat(frames.get(5).marks()).containsExactly(Mark.LOST_SEGMENT);
    }

    @Test
    void aSynThatComesAgainTakesNoBytesBack() throws IOException {
        assertThat(stream(MadeCaptures.synBehindAGap()).streamBytes(true)).isEqualTo(10);
    }

    /** The first sequence number of a connection may be below those of the one before. */
    @Test
    void bytesBehindALateEndWithHigherNumbers() throws IOException {
        RawPcap capture = new RawPcap()
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(5005, 40_000, 90_000, 700, TcpFlags.FIN | TcpFlags.ACK, "")
                .tcp(5005, 40_000, 5_000, 1_001, SYN_ACK, "")
                .tcp(40_000, 5005, 1_001, 5_001, TcpFlags.ACK, "")
                .tcp(5005, 40_000, 5_001, 1_001, PSH_ACK, "HELLO");

        assertThat(stream(capture).streamBytes(false)).isEqualTo(5);
    }

    /** As in tshark, it has a number; there is nothing else to say of it. */
    @Test
    void whatOnlyAnIcmpErrorQuotes() throws IOException {
        try (Frames frames =
                Frames.of(CaptureReader.of(MadeCaptures.quotedByErrors().bytes()))) {
            while (frames.next() != null) {
                continue;
            }
            List<UdpFlow> flows = frames.analyzer().udpFlows();
            List<TcpStream> streams = frames.analyzer().tcpStreams();

            assertThat(flows.stream().map(UdpFlow::number)).containsExactly(0, 1, 3, 4, 6, 7);
            assertThat(flows.get(0).client().getPort()).isEqualTo(1_000); // whose datagram was quoted
            assertThat(flows.get(0).firstFrame()).isEqualTo(7);
            assertThat(streams.stream().map(TcpStream::number)).containsExactly(0, 1, 2, 3);
            assertThat(streams.get(2).count(Mark.PORT_REUSED)).isZero(); // the SYN that was quoted had the mark
            assertThat(frames.analyzer().udpFrames()).isEqualTo(6);
        }
    }

    @Test
    void udpFlows() throws IOException {
        Analyzer analyzer = analyze("udp-echo-upper.pcap");

        assertThat(analyzer.tcpStreams()).isEmpty();
        UdpFlow flow = analyzer.udpFlows().get(0);
        assertThat(flow.server().getPort()).isEqualTo(12_000);
        assertThat(flow.payload(true)).isEqualTo(flow.payload(false));
    }
}
