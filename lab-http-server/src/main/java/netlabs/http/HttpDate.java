package netlabs.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Dates of HTTP, to the second (RFC 9110 §5.6.7). */
final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE = of("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** A Date field and the second that it is of. */
    private record DateField(long second, byte[] bytes) {}

    /** The last one that was made: any thread may replace it by a newer one. */
    private static volatile DateField current = new DateField(Long.MIN_VALUE, new byte[0]);

    private HttpDate() {}

    private static DateTimeFormatter of(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * @return the line {@code Date: Sun, 06 Nov 1994 08:49:37 GMT} with its CRLF; not to be changed
     */
    static byte[] dateField() {
        long second = System.currentTimeMillis() / 1000;
        DateField field = current;
        if (field.second != second) {
            byte[] line = ("Date: " + format(second) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            field = new DateField(second, line);
            current = field;
        }
        return field.bytes;
    }

    /**
     * @param second since 1970
     * @return {@code Sun, 06 Nov 1994 08:49:37 GMT}
     */
    static String format(long second) {
        return IMF_FIXDATE.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }

    /**
     * Reads each of the three forms that a recipient has to: IMF-fixdate, that of RFC 850, and asctime's.
     *
     * @return seconds since 1970; null if it is none of them
     */
    static Long parse(String text) {
        for (DateTimeFormatter form : Forms.ALL) {
            try {
                return LocalDateTime.parse(text, form).toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                continue; // not of this form
            }
        }
        return null;
    }

    /** Made when the first date is to be read. */
    private static final class Forms {
        static final List<DateTimeFormatter> ALL = List.of(IMF_FIXDATE, rfc850(), of("EEE MMM ppd HH:mm:ss uuuu"));

        private Forms() {}

        /** Its year has two digits, and is the one that is not more than 50 years in the future. */
        private static DateTimeFormatter rfc850() {
            return new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(
                            ChronoField.YEAR,
                            2,
                            2,
                            Instant.now().atZone(ZoneOffset.UTC).getYear() - 49)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withResolverStyle(ResolverStyle.STRICT);
        }
    }
}
