package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {
    private static final int MAX = MessageDecoder.MAX_LENGTH;

    /** Drives a decoder and writes down its messages as {@code content|ending}. */
    private static final class Story {
        final MessageDecoder decoder;
        final List<String> messages = new ArrayList<>();

        Story(Framing framing) {
            decoder = new MessageDecoder(framing);
        }

        Story bytes(byte[] bytes) throws MessageTooLongException {
            ByteBuffer received = ByteBuffer.wrap(bytes);
            while (decoder.next(received)) {
                took();
            }
            assertThat(received.hasRemaining()).isFalse();
            return this;
        }

        Story bytes(String text) throws MessageTooLongException {
            return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Story quiet() throws MessageTooLongException {
            if (decoder.quiet()) {
                took();
            }
            return this;
        }

        Story end() throws MessageTooLongException {
            if (decoder.end()) {
                took();
            }
            return this;
        }

        private void took() {
            String content = StandardCharsets.ISO_8859_1
                    .decode(decoder.content().duplicate())
                    .toString();
            messages.add(content + "|" + decoder.ending());
        }
    }

    @Test
    void aCarriageReturnThatIsOneByteTooManyIsNoMessage() throws Exception {
        String longest = "x".repeat(MessageDecoder.MAX_LENGTH);
        Story story = new Story(Framing.AUTO).bytes(longest + "\r");
        assertThatThrownBy(story::end).isInstanceOf(MessageTooLongException.class);
        new Story(Framing.AUTO).bytes(longest).end().bytes(longest + "\r").bytes("\n");
    }

    @Test
    void aNewlineEndsAMessageWhereverItArrives() throws Exception {
        Story story = new Story(Framing.AUTO)
                .bytes("HEL")
                .bytes("LO\nwor")
                .bytes("ld\r")
                .bytes("\n\n");
        assertThat(story.messages).containsExactly("HELLO|LF", "world|CRLF", "|LF");
    }

    @Test
    void aPauseEndsABareMessage() throws Exception {
        Story story = new Story(Framing.AUTO)
                .bytes("HEL")
                .bytes("LO")
                .quiet()
                .quiet()
                .bytes("b")
                .quiet();
        assertThat(story.messages).containsExactly("HELLO|NONE", "b|NONE");
    }

    @Test
    void afterANewlineEndedFirstMessageAPauseCutsNothing() throws Exception {
        Story story = new Story(Framing.AUTO).bytes("first\nsec").quiet();
        assertThat(story.decoder.awaitsQuiet()).isFalse();
        story.bytes("ond").quiet().bytes("\n");
        assertThat(story.messages).containsExactly("first|LF", "second|LF");
    }

    @Test
    void afterABareFirstMessageBothEndAMessage() throws Exception {
        Story story = new Story(Framing.AUTO)
                .bytes("bare")
                .quiet()
                .bytes("line\nbare")
                .quiet();
        assertThat(story.messages).containsExactly("bare|NONE", "line|LF", "bare|NONE");
    }

    @Test
    void theHalfCloseEndsTheLastMessageInEveryFraming() throws Exception {
        for (Framing framing : Framing.values()) {
            assertThat(new Story(framing).bytes("last").end().end().messages)
                    .as(framing.name())
                    .containsExactly("last|NONE");
        }
    }

    @Test
    void lineFramingIgnoresPauses() throws Exception {
        Story story = new Story(Framing.LINE).bytes("a").quiet().bytes("b\n");
        assertThat(story.messages).containsExactly("ab|LF");
    }

    @Test
    void bareFramingTakesNewlinesForContent() throws Exception {
        Story story = new Story(Framing.BARE).bytes("a\nb\r\n").quiet();
        assertThat(story.messages).containsExactly("a\nb\r\n|NONE");
    }

    @Test
    void nothingPendingIsNoMessage() throws Exception {
        assertThat(new Story(Framing.AUTO).quiet().end().messages).isEmpty();
    }

    @Test
    void aMessageOfTheBoundIsTaken() throws Exception {
        String longest = "x".repeat(MAX);
        for (String ending : List.of("\n", "\r\n")) {
            String taken = longest + (ending.equals("\n") ? "|LF" : "|CRLF");
            assertThat(new Story(Framing.AUTO).bytes(longest + ending).messages).containsExactly(taken);
            Story split = new Story(Framing.AUTO).bytes(longest);
            for (char c : ending.toCharArray()) {
                split.bytes(String.valueOf(c));
            }
            assertThat(split.messages).containsExactly(taken);
        }
        assertThat(new Story(Framing.BARE).bytes(longest).end().messages).hasSize(1);
    }

    @Test
    void oneByteOverTheBoundIsRefused() {
        String tooLong = "x".repeat(MAX + 1);
        for (String sent : List.of(tooLong, tooLong + "\n", tooLong + "\r\n", tooLong + "y")) {
            assertThatThrownBy(() -> new Story(Framing.AUTO).bytes(sent))
                    .as("%d bytes at once", sent.length())
                    .isInstanceOf(MessageTooLongException.class);
            assertThatThrownBy(() -> {
                        Story story = new Story(Framing.LINE);
                        for (int i = 0; i < sent.length(); i += 1000) {
                            story.bytes(sent.substring(i, Math.min(i + 1000, sent.length())));
                        }
                    })
                    .as("%d bytes in pieces", sent.length())
                    .isInstanceOf(MessageTooLongException.class);
        }
    }

    @Test
    void messagesInOneReceiveShareItsBytes() throws Exception {
        MessageDecoder decoder = new MessageDecoder(Framing.LINE);
        ByteBuffer received = ByteBuffer.wrap("a\nb\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(decoder.next(received)).isTrue();
        ByteBuffer first = decoder.content();
        assertThat(decoder.next(received)).isTrue();
        assertThat(decoder.content()).isSameAs(first);
        assertThat(first.array()).isSameAs(received.array());
    }

    @Property
    void anySplitGivesTheSameMessages(
            @ForAll("streams") byte[] stream,
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 60) Integer> cuts,
            @ForAll Framing framing)
            throws Exception {
        List<String> whole = new Story(framing).bytes(stream).end().messages;
        Story split = new Story(framing);
        int from = 0;
        for (int cut :
                cuts.stream().sorted().mapToInt(c -> Math.min(c, stream.length)).toArray()) {
            split.bytes(Arrays.copyOfRange(stream, from, cut));
            from = cut;
        }
        split.bytes(Arrays.copyOfRange(stream, from, stream.length)).end();
        assertThat(split.messages).isEqualTo(whole);
    }

    @Property
    void linesSentAreLinesReceived(@ForAll List<@From("line") String> lines, @ForAll boolean crlf) throws Exception {
        StringBuilder sent = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (String line : lines) {
            sent.append(line).append(crlf ? "\r\n" : "\n");
            expected.add(line + (crlf ? "|CRLF" : "|LF"));
        }
        assertThat(new Story(Framing.AUTO).bytes(sent.toString()).messages).isEqualTo(expected);
    }

    @Property
    void directBuffersAreReadAsHeapBuffersAre(@ForAll("streams") byte[] stream) throws Exception {
        MessageDecoder decoder = new MessageDecoder(Framing.LINE);
        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream).flip();
        List<String> messages = new ArrayList<>();
        while (decoder.next(direct)) {
            messages.add(StandardCharsets.ISO_8859_1.decode(decoder.content().duplicate()) + "|" + decoder.ending());
        }
        assertThat(messages).isEqualTo(new Story(Framing.LINE).bytes(stream).messages);
    }

    @Provide
    Arbitrary<byte[]> streams() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of((byte) '\n', (byte) '\r')), Tuple.of(5, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<String> line() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
    }
}
