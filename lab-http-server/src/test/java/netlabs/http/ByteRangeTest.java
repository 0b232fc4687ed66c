package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14. */
class ByteRangeTest {
    private static String ranges(String value, long size) {
        List<ByteRange> ranges = ByteRange.parse(value, size);
        if (ranges == null) {
            return "ignored";
        }
        List<String> texts = new ArrayList<>();
        ranges.forEach(range -> texts.add(range.first() + "-" + range.last()));
        return texts.isEmpty() ? "416" : String.join(" ", texts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0              | 0-0",
                "bytes=0-99             | 0-99",
                "bytes=10-19            | 10-19",
                "bytes=10-              | 10-99",
                "bytes=-10              | 90-99",
                "bytes=-1000            | 0-99",
                "bytes=99-              | 99-99",
                "bytes=50-1000          | 50-99",
                "BYTES=0-1              | 0-1",
                "bytes=000-001          | 0-1",
                "bytes= 0-1             | 0-1",
                "bytes=0-1 ,\t5-6       | 0-1 5-6",
                "bytes=,0-1,,           | 0-1",
                "bytes=5-6,0-1          | 5-6 0-1",
                "bytes=0-1,200-300      | 0-1",
                "bytes=-1,0-0           | 99-99 0-0",
                "bytes=100-             | 416",
                "bytes=100-200          | 416",
                "bytes=-0               | 416",
                "bytes=100-,-0          | 416"
            })
    void aRangeIsCutToTheFile(String value, String expected) {
        assertThat(ranges(value, 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-10,5-15        | 0-15",
                "bytes=5-15,0-10,40-50  | 0-15 40-50",
                "bytes=0-,0-,0-         | 0-99",
                "bytes=0-99,-50         | 0-99",
                "bytes=0-5,0-5          | 0-5",
                "bytes=0-90,10-20,91-95 | 0-90 91-95"
            })
    void rangesThatOverlapAreMadeOne(String value, String expected) {
        assertThat(ranges(value, 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=2-1",
                "bytes=--1",
                "bytes=1--2",
                "bytes=1-2-3",
                "bytes=0 - 1",
                "bytes=+0-1",
                "bytes=0x0-1",
                "bytes=0-1;2-3",
                "bytes=0-1,a",
                "bytes=0-1,2-1",
                "bytes=\u0661-\u0662",
                "bytes =0-1",
                "bytes:0-1",
                "lines=0-1",
                "0-1",
                "xbytes=0-1"
            })
    void whatIsNoRangeOfBytesIsIgnored(String value) {
        assertThat(ranges(value, 100)).isEqualTo("ignored");
    }

    @Test
    void tooManyAreIgnored() {
        assertThat(ByteRange.parse("bytes=0-0" + ",2-2".repeat(19), 100)).isNotNull();
        assertThat(ByteRange.parse("bytes=0-0" + ",2-2".repeat(20), 100)).isNull();
        assertThat(ByteRange.parse("bytes=0-0" + ",2-2".repeat(100_000), 100)).isNull();
    }

    @Test
    void anEmptyFileHasNoRangeThatBeginsInIt() {
        assertThat(ranges("bytes=0-", 0)).isEqualTo("416");
        assertThat(ranges("bytes=0-0", 0)).isEqualTo("416");
        assertThat(ranges("bytes=-0", 0)).isEqualTo("416");
    }

    @Test
    void aSuffixOfAnEmptyFileIsSatisfiableAndAllOfIt() {
        assertThat(ranges("bytes=-1", 0))
                .as("RFC 9110 §14.1.2; there is no Content-Range for nothing")
                .isEqualTo("ignored");
    }

    @Test
    void aFileMayHaveMoreThan4GiB() {
        long size = 10L << 32;
        assertThat(ranges("bytes=8589934592-8589934593", size)).isEqualTo("8589934592-8589934593");
        assertThat(ranges("bytes=-1", size)).isEqualTo((size - 1) + "-" + (size - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99999999999999999999999999, 0-99",
        "bytes=-99999999999999999999999999, 0-99",
        "bytes=00000000000000000000000001-2, 1-2",
        "bytes=99999999999999999999999999-, 416",
        "bytes=9223372036854775807-9223372036854775807, 416",
        "bytes=9223372036854775808-9223372036854775809, 416"
    })
    void aNumberMayHaveAnyNumberOfDigits(String value, String expected) {
        assertThat(ranges(value, 100)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> specs() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 40);
        return Combinators.combine(number, number, Arbitraries.integers().between(0, 3))
                .as((a, b, form) -> form == 0 ? "-" + a : form == 1 ? a + "-" : Math.min(a, b) + "-" + Math.max(a, b));
    }

    @Property
    void theRangesAreTheBytesThatWereAskedFor(
            @ForAll @Size(min = 1, max = 8) List<@From("specs") String> specs,
            @ForAll @IntRange(min = 1, max = 30) int size) {
        BitSet wanted = new BitSet();
        for (String spec : specs) {
            int dash = spec.indexOf('-');
            for (int i = 0; i < size; i++) {
                boolean in = dash == 0
                        ? i >= size - Integer.parseInt(spec.substring(1))
                        : i >= Integer.parseInt(spec.substring(0, dash))
                                && (spec.endsWith("-") || i <= Integer.parseInt(spec.substring(dash + 1)));
                wanted.set(i, wanted.get(i) || in);
            }
        }
        BitSet got = new BitSet();
        for (ByteRange range : ByteRange.parse("bytes=" + String.join(",", specs), size)) {
            assertThat(range.first()).isBetween(0L, range.last());
            assertThat(range.last()).isLessThan(size);
            for (int i = (int) range.first(); i <= range.last(); i++) {
                assertThat(got.get(i)).as("byte %d is sent once", i).isFalse();
                got.set(i);
            }
        }
        assertThat(got).isEqualTo(wanted);
    }

    @Property
    void anyTextIsRangesOrIgnored(@ForAll("texts") String text, @ForAll @IntRange(max = 30) int size) {
        List<ByteRange> ranges = ByteRange.parse(text, size);
        if (ranges != null) {
            assertThat(ranges).hasSizeLessThanOrEqualTo(ByteRange.MOST).allMatch(range -> range.last() < size);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("0129-,, a=").ofMaxLength(40).map(text -> "bytes=" + text);
    }
}
