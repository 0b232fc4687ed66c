package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §5.6.7. */
class HttpDateTest {
    private static final long SECOND = 784_111_777;

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void threeFormsAreRead(String text) {
        assertThat(HttpDate.parse(text)).isEqualTo(SECOND);
    }

    @Test
    void oneFormIsWritten() {
        assertThat(HttpDate.format(SECOND)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDate.format(0)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(HttpDate.format(-1)).isEqualTo("Wed, 31 Dec 1969 23:59:59 GMT");
        assertThat(HttpDate.format(253_402_300_799L)).isEqualTo("Fri, 31 Dec 9999 23:59:59 GMT");
    }

    @Test
    void aDayOfTwoDigitsHasOneSpaceInTheOldForm() {
        assertThat(HttpDate.parse("Wed Nov 16 08:49:37 1994")).isEqualTo(SECOND + 10 * 86_400);
    }

    @Test
    void aYearOfTwoDigitsIsAtMost50YearsAhead() {
        DateTimeFormatter rfc850 = DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US);
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).withNano(0);
        for (int years : new int[] {0, 1, 20, 49, -1, -20, -48}) {
            LocalDateTime date = now.plusYears(years);
            assertThat(HttpDate.parse(rfc850.format(date)))
                    .as(years + " years")
                    .isEqualTo(date.toEpochSecond(ZoneOffset.UTC));
        }
        LocalDateTime far = now.plusYears(51);
        String past = DateTimeFormatter.ofPattern("EEEE, ", Locale.US).format(far.minusYears(100))
                + DateTimeFormatter.ofPattern("dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
                        .format(far);
        if (far.getDayOfMonth() == far.minusYears(100).getDayOfMonth()) { // no 29 February
            assertThat(HttpDate.parse(past)).isEqualTo(far.minusYears(100).toEpochSecond(ZoneOffset.UTC));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "784111777",
                "1994-11-06T08:49:37Z",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 gmt",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov 1994 08:49 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Sun, 32 Nov 1994 08:49:37 GMT",
                "Sun,  06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun, 06 Nov +1994 08:49:37 GMT",
                "Sun, 06 Nov 19940 08:49:37 GMT"
            })
    void allElseIsNoDate(String text) {
        assertThat(HttpDate.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wed, 31 Feb 2024 08:49:37 GMT",
                "Thu, 31 Feb 2024 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Mon, 06 Nov 1994 24:00:00 GMT"
            })
    void aDayOrHourThatThereIsNotIsNoDate(String text) {
        assertThat(HttpDate.parse(text)).isNull();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second) {
        String text = HttpDate.format(second);
        assertThat(text).hasSize(29).endsWith(" GMT");
        assertThat(HttpDate.parse(text)).isEqualTo(second);
    }

    @Property
    void anyTextIsADateOrNone(@ForAll String text) {
        assertThat(HttpDate.parse(text)).isNull();
    }

    @Test
    void theDateFieldIsThatOfThisSecond() {
        long before = System.currentTimeMillis() / 1000;
        String field = new String(HttpDate.dateField(), StandardCharsets.US_ASCII);
        long after = System.currentTimeMillis() / 1000;
        assertThat(field).startsWith("Date: ").endsWith("\r\n");
        assertThat(HttpDate.parse(field.substring("Date: ".length(), field.length() - 2)))
                .isBetween(before, after);
    }
}
