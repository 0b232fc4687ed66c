package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.testing.TestConsole;

/** What holds for any messages, any bytes, and however the stream is cut. */
class FramePropertyTest {
    private static final int MAX_SIZE = 1 << 20;

    @Provide
    Arbitrary<FrameCodec> codecs() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().map(FixedFrames::new),
                Arbitraries.of(Layout.class).map(VariableFrames::new));
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    }

    /** Headers that are right at first and have any numbers, and bytes that are no header at all. */
    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(any, any.map(bytes -> {
            for (int i = 0; i < bytes.length; i += 29) {
                bytes[i] = 1;
                for (int j = i + 1; j < Math.min(bytes.length, i + 8); j++) {
                    bytes[j] = (byte) (bytes[j] & 1);
                }
            }
            return bytes;
        }));
    }

    /** What a decoder finds in a stream that comes in pieces of these lengths, over and over. */
    private record Found(List<Frame> frames, byte[] bytes, String malformed) {
        static Found in(byte[] stream, List<Integer> pieces, FrameCodec codec, long maxSize) {
            FrameDecoder decoder = new FrameDecoder(codec, maxSize);
            List<Frame> frames = new ArrayList<>();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            FrameDecoder.Sink sink = (frame, bytes) -> {
                frames.add(frame);
                assertThat(bytes.remaining()).isEqualTo(frame.length());
                while (bytes.hasRemaining()) {
                    all.write(bytes.get());
                }
            };
            String malformed = null;
            try {
                int piece = 0;
                for (int start = 0; start < stream.length; ) {
                    int count = Math.min(stream.length - start, pieces.get(piece++ % pieces.size()));
                    ByteBuffer bytes = ByteBuffer.wrap(stream, start, count);
                    decoder.feed(bytes, sink);
                    assertThat(bytes.hasRemaining()).isFalse();
                    start += count;
                }
                decoder.end();
            } catch (MalformedMessageException e) {
                malformed = e.getMessage();
            }
            return new Found(frames, all.toByteArray(), malformed);
        }
    }

    private static byte[] stream(List<byte[]> messages, long firstOrder, FrameCodec codec) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        long order = firstOrder;
        for (byte[] message : messages) {
            for (ByteBuffer frame : codec.encode(order & FrameCodec.MAX_UNSIGNED, message)) {
                stream.writeBytes(frame.array());
                order++;
            }
        }
        return stream.toByteArray();
    }

    @Property
    void whatIsEncodedIsDecodedAgain(
            @ForAll("codecs") FrameCodec codec,
            @ForAll @Size(max = 10) List<@From("messages") byte[]> messages,
            @ForAll @LongRange(max = FrameCodec.MAX_UNSIGNED) long firstOrder)
            throws MalformedMessageException {
        TestConsole console = new TestConsole();
        FrameDecoder decoder = new FrameDecoder(codec, MAX_SIZE);
        MessageAssembler assembler = new MessageAssembler(
                new StreamWarnings("client", console.console().err()));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<byte[]> got = new ArrayList<>();
        List<Long> orders = new ArrayList<>();
        decoder.feed(ByteBuffer.wrap(stream(messages, firstOrder, codec)), (frame, bytes) -> {
            int length = assembler.accept(frame, bytes);
            byte[] piece = new byte[length];
            bytes.get(bytes.position() + FrameCodec.HEADER_BYTES, piece);
            text.writeBytes(piece);
            orders.add(frame.order());
            if (assembler.isComplete()) {
                assertThat(frame.size()).isEqualTo(text.size());
                got.add(text.toByteArray());
                text.reset();
            }
        });
        assertThat(got).usingElementComparator(Arrays::compare).isEqualTo(messages);
        for (int i = 0; i < orders.size(); i++) {
            assertThat(orders.get(i)).isEqualTo(firstOrder + i & FrameCodec.MAX_UNSIGNED);
        }
        assertThat(console.err()).isEmpty();
    }

    @Property
    void howAStreamIsCutMakesNoDifference(
            @ForAll("codecs") FrameCodec codec,
            @ForAll @Size(max = 10) List<@From("messages") byte[]> messages,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 70) Integer> pieces,
            @ForAll @IntRange(max = 40) int cutOff) {
        byte[] whole = stream(messages, 1, codec);
        byte[] stream = Arrays.copyOf(whole, Math.max(0, whole.length - cutOff));
        Found atOnce = Found.in(stream, List.of(Math.max(1, stream.length)), codec, MAX_SIZE);
        Found inPieces = Found.in(stream, pieces, codec, MAX_SIZE);
        assertThat(inPieces.frames()).isEqualTo(atOnce.frames());
        assertThat(inPieces.malformed()).isEqualTo(atOnce.malformed());
        assertThat(inPieces.bytes()).isEqualTo(atOnce.bytes()).isEqualTo(Arrays.copyOf(stream, atOnce.bytes().length));
    }

    @Property
    void garbageIsFramesOrMalformedAndNothingElse(
            @ForAll("codecs") FrameCodec codec,
            @ForAll("garbage") byte[] garbage,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 70) Integer> pieces,
            @ForAll @IntRange(min = 1, max = 300) int maxSize)
            throws MalformedMessageException {
        Found found = Found.in(garbage, pieces, codec, maxSize);
        assertThat(found.bytes()).isEqualTo(Arrays.copyOf(garbage, found.bytes().length));
        if (found.malformed() == null) {
            assertThat(found.bytes()).hasSameSizeAs(garbage);
        }
        TestConsole console = new TestConsole();
        StreamWarnings warnings = new StreamWarnings("client", console.console().err());
        FrameLog log =
                new FrameLog(FrameLog.Side.RECEIVED, "", console.console().out(), warnings);
        int start = 0;
        for (Frame frame : found.frames()) {
            log.frame(frame, ByteBuffer.wrap(found.bytes(), start, frame.length()));
            start += frame.length();
        }
        log.end();
        assertThat(console.err().lines().count()).isLessThanOrEqualTo(4);
    }

    @Property
    void aCharacterIsNeverCut(
            @ForAll @Size(max = 60) List<@IntRange(max = 0x10ffff) Integer> codePoints,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 9) Integer> pieces) {
        String message = codePoints.stream()
                .map(point -> point >= 0xd800 && point < 0xe000 ? "x" : Character.toString(point))
                .reduce("", String::concat);
        assertThat(inPieces(message.getBytes(StandardCharsets.UTF_8), pieces)).isEqualTo(message);
    }

    @Property
    void bytesThatAreNotUtf8ReadTheSameInPieces(
            @ForAll @Size(max = 40) byte[] bytes,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 9) Integer> pieces) {
        assertThat(inPieces(bytes, pieces)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String inPieces(byte[] bytes, List<Integer> pieces) {
        MessageText text = new MessageText();
        text.begin();
        StringBuilder got = new StringBuilder();
        int piece = 0;
        int start = 0;
        do {
            int count = Math.min(bytes.length - start, pieces.get(piece++ % pieces.size()));
            got.append(text.append(ByteBuffer.wrap(bytes, start, count), start + count == bytes.length));
            assertThat(got.length() == 0 || !Character.isHighSurrogate(got.charAt(got.length() - 1)))
                    .isTrue();
            start += count;
        } while (start < bytes.length);
        assertThat(text.whole()).isEqualTo(got.toString());
        return got.toString();
    }
}
