package netlabs.capture.flow;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frame.Phase;
import netlabs.capture.analysis.Frame.Transport;
import netlabs.capture.analysis.Mark;

/** Lists of frames such as no capture has: every payload, every set of marks, numbers up to the largest. */
final class AnyFrames {
    private AnyFrames() {}

    static Arbitrary<List<Frame>> lists() {
        return frames().withoutEdgeCases()
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .withoutEdgeCases(); // their products are far too many
    }

    private static Arbitrary<Frame> frames() {
        Arbitrary<InetSocketAddress> addresses = Arbitraries.of(
                        "127.0.0.1",
                        "255.255.255.255",
                        "::1",
                        "fe80::1234:5678:9abc:def0",
                        "2001:db8:1234:5678:9abc:def0:1234:5678")
                .map(host -> Exchange.address(host, 59_814))
                .injectNull(0.1);
        return Combinators.combine(
                        Combinators.combine(numbers(), times()).as((number, time) -> new long[] {number, time}),
                        Combinators.combine(
                                        Arbitraries.of(Transport.class),
                                        Arbitraries.integers().between(-1, 2))
                                .as((transport, stream) -> new Object[] {transport, stream}),
                        addresses,
                        addresses,
                        Arbitraries.integers().between(0, 0x1ff),
                        numbers(),
                        payloads(),
                        Combinators.combine(
                                        Arbitraries.of(Phase.class),
                                        Arbitraries.of(Mark.class).set().ofMaxSize(5))
                                .as((phase, marks) -> new Object[] {phase, marks}))
                .as((times, stream, source, destination, flags, sequence, payload, rest) -> frame(
                        times,
                        (Transport) stream[0],
                        (int) stream[1],
                        source,
                        destination,
                        flags,
                        sequence,
                        payload,
                        (Phase) rest[0],
                        marks(rest[1])));
    }

    private static Set<Mark> marks(Object set) {
        Set<Mark> marks = new HashSet<>();
        for (Object mark : (Set<?>) set) {
            marks.add((Mark) mark);
        }
        return marks;
    }

    private static Frame frame(
            long[] times,
            Transport transport,
            int stream,
            InetSocketAddress source,
            InetSocketAddress destination,
            int flags,
            long sequence,
            byte[] payload,
            Phase phase,
            Set<Mark> marks) {
        return new Frame(
                times[0],
                times[1],
                transport,
                transport == Transport.OTHER ? -1 : stream,
                source,
                destination,
                (flags & 1) == 0,
                flags,
                sequence,
                sequence,
                65_536,
                payload.length,
                payload.length,
                payload,
                phase,
                marks,
                transport == Transport.OTHER ? "ICMP <&> " + flags : "");
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(1, 1_000)),
                Tuple.of(1, Arbitraries.longs().between(1, Long.MAX_VALUE)));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(0, 10_000_000_000L)), Tuple.of(1, Arbitraries.longs()));
    }

    /** Bytes, text of any script, what steers terminals, what means something in XML. */
    private static Arbitrary<byte[]> payloads() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
                Arbitraries.strings().all().ofMaxLength(100).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.of(
                                "]]><!--&amp;<script>'\"",
                                "\u001b[31m\u202e\u009b1m",
                                "漢字かな交じり文😀👩‍👩‍👧",
                                "e\u0301\u200b\ufeffשלום")
                        .list()
                        .ofMaxSize(10)
                        .map(parts -> String.join(" ", parts).getBytes(StandardCharsets.UTF_8)));
    }
}
