package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 §7.1. */
class ChunkedDecoderTest {
    /** The content of {@code stream}, which comes in pieces of these lengths, over and over. */
    private static String decode(String stream, ChunkedDecoder decoder, List<Integer> pieces) throws RefusedException {
        StringBuilder content = new StringBuilder();
        byte[] all = Decoding.bytes(stream);
        int piece = 0;
        for (int start = 0; start < all.length && !decoder.isEnded(); ) {
            int count = Math.min(all.length - start, pieces.get(piece++ % pieces.size()));
            ByteBuffer bytes = ByteBuffer.wrap(all, start, count);
            for (int length; (length = decoder.next(bytes)) > 0; ) {
                assertThat(length).isLessThanOrEqualTo(bytes.remaining());
                content.append(FieldLines.text(all, bytes.position(), bytes.position() + length));
                bytes.position(bytes.position() + length);
            }
            start += count - bytes.remaining();
            assertThat(decoder.isEnded() || !bytes.hasRemaining()).isTrue();
            if (decoder.isEnded()) {
                content.append('|').append(stream.substring(start));
            }
        }
        return content.toString();
    }

    private static String decode(String stream) throws RefusedException {
        return decode(stream, new ChunkedDecoder(), List.of(stream.length()));
    }

    private static Status refused(String stream) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> decode(stream));
        return e == null ? null : e.status();
    }

    @Test
    void theContentIsWhatIsInTheChunks() throws RefusedException {
        assertThat(decode("3\r\nabc\r\n00a\r\n0123456789\r\n0\r\n\r\n")).isEqualTo("abc0123456789|");
        assertThat(decode("0\r\n\r\n")).isEqualTo("|");
        assertThat(decode("000\r\n\r\n")).isEqualTo("|");
        assertThat(decode("A\r\n0123456789\r\n0\r\n\r\n")).isEqualTo("0123456789|");
    }

    @Test
    void itEndsAtItsEndAndLeavesTheRest() throws RefusedException {
        assertThat(decode("1\r\na\r\n0\r\n\r\nGET / ")).isEqualTo("a|GET / ");
    }

    @Test
    void itHasNotEndedBeforeTheEmptyLine() throws RefusedException {
        ChunkedDecoder decoder = new ChunkedDecoder();
        for (char c : "1\r\na\r\n0\r\nX: y\r\n\r".toCharArray()) {
            decode(String.valueOf(c), decoder, List.of(1));
            assertThat(decoder.isEnded()).isFalse();
        }
        decode("\n", decoder, List.of(1));
        assertThat(decoder.isEnded()).isTrue();
    }

    @Test
    void extensionsAndTrailerFieldsAreDropped() throws RefusedException {
        assertThat(decode("1;a\r\nx\r\n1 ; a = \"b\"\t; c\r\ny\r\n0;z\r\nA: b\r\nC: d\r\n\r\n."))
                .isEqualTo("xy|.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                ";a\r\n",
                " 1\r\na\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\n",
                "g\r\n",
                "1g\r\n",
                "1\u00a0\r\n",
                "\u00b2\r\n",
                "1,1\r\n",
                "1\na\r\n",
                "1\r\na\n",
                "1\r\nab\r\n",
                "1\r\na0\r\n\r\n",
                "1\r\n\r\n\r\n0",
                "1\r\ra\r\n",
                "2\r\na\r\n0\r\n\r\n",
                "0\r\n\n",
                "0\r\nX: y\n\r\n",
                "0\r\n\rX",
                "1;a\nx\r\n",
                "1;\u0000\r\n",
                "0\r\nX: \u007f\r\n\r\n"
            })
    void whatTwoReadersCouldUnderstandDifferentlyIsRefused(String stream) {
        assertThat(refused(stream)).isEqualTo(Status.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1\r\na\r\n", "1 a\r\nx\r\n", "1\t2\r\nx\r\n", "1 \"\r\nx\r\n"})
    void behindTheSizeThereIsAnExtensionOrNothing(String stream) throws RefusedException {
        assertThat(refused(stream)).isEqualTo(Status.BAD_REQUEST);
        assertThat(decode("1 \r\na\r\n0\t \r\n\r\n"))
                .as("old servers pad sizes")
                .isEqualTo("a|");
    }

    @ParameterizedTest
    @CsvSource({"fffffffffffffff, ", "1000000000000000, BAD_REQUEST", "0000000000000001, BAD_REQUEST"})
    void aSizeHasAtMost15Digits(String size, Status expected) {
        assertThat(refused(size + "\r\n")).isEqualTo(expected);
    }

    @Test
    void extensionsAndTrailersHaveALimitTogether() {
        String half = "x".repeat(8 * 1024 - 1);
        assertThat(refused("1;" + half + "\r\na\r\n0\r\nX" + half + "\r\n\r\n")).isNull();
        assertThat(refused("1;" + half + "\r\na\r\n0\r\nX" + half + "yy\r\n")).isEqualTo(Status.FIELDS_TOO_LARGE);
        assertThat(refused("1;xxxxxxxxx\r\na\r\n".repeat(2_000))).isEqualTo(Status.FIELDS_TOO_LARGE);
        assertThat(refused("0\r\n" + "X: y\r\n".repeat(5_000))).isEqualTo(Status.FIELDS_TOO_LARGE);
    }

    @Provide
    Arbitrary<String> content() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .ofMinLength(1)
                .ofMaxLength(40);
    }

    /** The size of a chunk, as a sender may write it, and what stands behind it. */
    @Provide
    Arbitrary<String> decorations() {
        return Combinators.combine(
                        Arbitraries.of("", "0", "00000"), Arbitraries.of("", ";a", " ; a=b", ";a=\"b c\"", "; \u00e9"))
                .as((zeros, extension) -> zeros + "%x" + extension);
    }

    private static String encode(List<String> contents, List<String> decorations, String trailer) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < contents.size(); i++) {
            String content = contents.get(i);
            stream.append(decorations.get(i % decorations.size()).formatted(content.length()))
                    .append("\r\n")
                    .append(content)
                    .append("\r\n");
        }
        return stream.append("0\r\n")
                .append(trailer.isEmpty() ? "" : "X: " + trailer + "\r\n")
                .append("\r\n")
                .toString();
    }

    @Property
    void howTheStreamIsCutMakesNoDifference(
            @ForAll @Size(max = 10) List<@From("content") String> contents,
            @ForAll @Size(min = 1, max = 5) List<@From("decorations") String> decorations,
            @ForAll @AlphaChars @StringLength(max = 10) String trailer,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> pieces)
            throws RefusedException {
        String stream = encode(contents, decorations, trailer) + "GET / HTTP/1.1\r\n";
        assertThat(decode(stream, new ChunkedDecoder(), pieces))
                .isEqualTo(String.join("", contents) + "|GET / HTTP/1.1\r\n");
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(60),
                Arbitraries.strings().withChars("0123aF;=\" \t\r\n:").ofMaxLength(60));
    }

    @Property
    void garbageIsRefusedOrMoreIsWanted(
            @ForAll("garbage") String garbage,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> pieces) {
        String atOnce = outcome(garbage, List.of(Math.max(1, garbage.length())));
        assertThat(outcome(garbage, pieces)).isEqualTo(atOnce);
    }

    private static String outcome(String stream, List<Integer> pieces) {
        ChunkedDecoder decoder = new ChunkedDecoder();
        try {
            String content = decode(stream, decoder, pieces);
            return decoder.isEnded() + content;
        } catch (RefusedException e) {
            return e.status() + e.getMessage();
        }
    }
}
