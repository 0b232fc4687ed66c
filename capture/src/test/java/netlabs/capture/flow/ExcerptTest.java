package netlabs.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static String of(String text, int cells) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Excerpt.of(bytes, bytes.length, cells, false);
    }

    @Test
    void asPythonWouldWriteIt() {
        assertThat(of("HELLO\n", 40)).isEqualTo("'HELLO\\n'");
        assertThat(of("I'm Adam\r\n", 40)).isEqualTo("\"I'm Adam\\r\\n\"");
        assertThat(of("naïve 漢字", 40)).isEqualTo("'naïve 漢字'");
        assertThat(of("\u001b[2J\u202e\u009b", 40)).isEqualTo("'\\x1b[2J\\u202e\\x9b'");
        assertThat(of("e\u0301 \ud83d\udc68\u200d", 40)).isEqualTo("'e\\u0301 👨\\u200d'");
        assertThat(of("", 40)).isEmpty();
    }

    /** The arrow must not be turned around by what is written on it. */
    @Test
    void lettersFromRightToLeftAreEscaped() {
        assertThat(of("\u05e9\u05dc", 40)).isEqualTo("'\\u05e9\\u05dc'");
    }

    @Test
    void whatIsNoUtf8IsBytes() {
        byte[] bytes = {
            'a',
            (byte) 0xff,
            (byte) 0xc3,
            'b',
            (byte) 0xc0,
            (byte) 0x80,
            (byte) 0xed,
            (byte) 0xa0,
            (byte) 0x80,
            (byte) 0xe2,
            (byte) 0x82
        };
        assertThat(Excerpt.of(bytes, bytes.length, 80, false))
                .isEqualTo("'a\\xff\\xc3b\\xc0\\x80\\xed\\xa0\\x80\\xe2\\x82'");
    }

    @Test
    void whatIsLeftOutIsSaidToBe() {
        assertThat(of("0123456789", 12)).isEqualTo("'0123456789'");
        assertThat(of("0123456789", 11)).isEqualTo("'01234567…'");
        assertThat(of("漢字漢字", 9)).isEqualTo("'漢字漢…'");
        assertThat(of("012", 2)).isEmpty();
        assertThat(Excerpt.of(new byte[] {'a', 'b'}, 1000, 40, true)).isEqualTo("'ab...'"); // the capture has no more
        assertThat(of("x".repeat(1_000), 1_000)).isEqualTo("'" + "x".repeat(256) + "…'");
    }

    @Property
    void isNeverWiderThanItMayBe(
            @ForAll @Size(max = 80) byte[] bytes, @ForAll @IntRange(max = 60) int cells, @ForAll boolean ascii) {
        String excerpt = Excerpt.of(bytes, bytes.length, cells, ascii);
        assertThat(Cells.width(excerpt)).isLessThanOrEqualTo(cells);
        assertThat(excerpt.codePoints()).allMatch(character -> Cells.isPlain(character, ascii));
    }
}
