package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §8.8.3. */
class EntityTagTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MODIFIED = 1_700_000_000 * SECOND + 123_456_789;
    private static final EntityTag STRONG = new EntityTag(false, "\"a\"");
    private static final EntityTag WEAK = new EntityTag(true, "\"a\"");

    @Property
    void aTagIsVisibleAsciiInQuotes(@ForAll long modified, @ForAll long size, @ForAll int file) {
        assertThat(EntityTag.of(modified, Math.abs(size / 2), file, modified + 10 * SECOND)
                        .toString())
                .matches("\"[\\x21\\x23-\\x7e]+\"");
    }

    @Test
    void eachStateOfAFileHasATagOfItsOwn() {
        EntityTag tag = EntityTag.of(MODIFIED, 5, 7, MODIFIED + SECOND);
        assertThat(EntityTag.of(MODIFIED, 5, 7, MODIFIED + 2 * SECOND)).isEqualTo(tag);
        assertThat(EntityTag.of(MODIFIED + 1, 5, 7, MODIFIED + SECOND)).isNotEqualTo(tag);
        assertThat(EntityTag.of(MODIFIED, 6, 7, MODIFIED + SECOND)).isNotEqualTo(tag);
        assertThat(EntityTag.of(MODIFIED, 5, 8, MODIFIED + SECOND)).isNotEqualTo(tag);
    }

    @Test
    void aFileThatCouldChangeWithinItsTimeStampHasAWeakOne() {
        assertThat(EntityTag.of(MODIFIED, 5, 7, MODIFIED).weak()).isTrue();
        assertThat(EntityTag.of(MODIFIED, 5, 7, MODIFIED + 10_000_000).weak()).isTrue();
        assertThat(EntityTag.of(MODIFIED, 5, 7, MODIFIED + 20_000_000).weak()).isFalse();
        long whole = 1_700_000_000 * SECOND;
        assertThat(EntityTag.of(whole, 5, 7, whole + SECOND).weak()).isTrue();
        assertThat(EntityTag.of(whole, 5, 7, whole + 2 * SECOND).weak()).isFalse();
    }

    @Test
    void aClockThatCountsMillisecondsIsBehindTheFiles() {
        long now = MODIFIED - MODIFIED % 1_000_000; // within the millisecond of the change
        assertThat(EntityTag.of(MODIFIED, 5, 7, now).weak()).isTrue();
    }

    @Test
    void itStandsInAFieldWithItsMark() {
        assertThat(STRONG).hasToString("\"a\"");
        assertThat(WEAK).hasToString("W/\"a\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'\"a\"', '\"a\"', true, true",
                "'W/\"a\"', '\"a\"', false, true",
                "'W/\"a\"', 'W/\"a\"', false, true",
                "'\"a\"', 'W/\"a\"', false, true",
                "'W/\"a\"', 'W/\"b\"', false, false",
                "'\"b\"', '\"a\"', false, false"
            })
    void comparisonIsStrongOrWeak(String own, String other, boolean strongly, boolean weakly) {
        EntityTag tag = new EntityTag(own.startsWith("W/"), own.replace("W/", ""));
        assertThat(tag.stronglyMatches(other)).isEqualTo(strongly);
        assertThat(tag.weaklyMatches(other)).isEqualTo(weakly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "\"a\"",
                "\"b\", \"a\"",
                "\"b\",\"a\",\"c\"",
                "\"b\" , ,\"a\"",
                "W/\"a\", \"a\"",
                "\"b,\", \"a\""
            })
    void aListHasATagOrIsAnyTag(String list) {
        assertThat(STRONG.stronglyMatches(list)).isTrue();
        assertThat(STRONG.weaklyMatches(list)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\"", "\"a", "a\"", "\"\"", "\"aa\"", "\"A\"", "\"b\", \"c\"", "\"*\"", "\"b,a,\"", ","
            })
    void aListHasNot(String list) {
        assertThat(STRONG.stronglyMatches(list)).isFalse();
        assertThat(STRONG.weaklyMatches(list)).isFalse();
    }

    @Test
    void anyTagMatchesAWeakOneToo() {
        assertThat(WEAK.weaklyMatches("*")).isTrue();
        assertThat(WEAK.stronglyMatches("*")).isTrue();
    }
}
