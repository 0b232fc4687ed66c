package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import netlabs.http.Conditions.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of RFC 9110 §13.2.2, for a file with the strong tag "a", modified at SAME and long ago. */
class ConditionsTest {
    private static final long SECOND = 784_111_777;
    private static final String SAME = HttpDate.format(SECOND);

    private static Resource resource(boolean weak, long modifiedSecond) {
        return new Resource(
                Path.of("a"), 100, modifiedSecond * 1_000_000_000L + 5, new EntityTag(weak, "\"a\""), "text/plain");
    }

    private static Outcome outcome(String method, Resource resource, String fields) {
        String[] lines = fields.strip()
                .replace("SAME", SAME)
                .replace("BEFORE", HttpDate.format(SECOND - 1))
                .replace("AFTER", HttpDate.format(SECOND + 1))
                .split(" *; *");
        return Conditions.evaluate(Decoding.request(method, "/", lines), resource);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // 1. If-Match: strong comparison
                "If-Match: \"a\"                                    | ALL",
                "If-Match: *                                        | ALL",
                "If-Match: \"b\", \"a\"                             | ALL",
                "If-Match: \"b\"                                    | FAILED",
                "If-Match: W/\"a\"                                  | FAILED",
                // 2. If-Unmodified-Since, only without If-Match
                "If-Unmodified-Since: SAME                          | ALL",
                "If-Unmodified-Since: AFTER                         | ALL",
                "If-Unmodified-Since: BEFORE                        | FAILED",
                "If-Unmodified-Since: yesterday                     | ALL",
                "If-Match: \"a\"; If-Unmodified-Since: BEFORE       | ALL",
                "If-Match: \"b\"; If-Unmodified-Since: AFTER        | FAILED",
                // 3. If-None-Match: weak comparison
                "If-None-Match: \"a\"                               | NOT_MODIFIED",
                "If-None-Match: W/\"a\"                             | NOT_MODIFIED",
                "If-None-Match: \"b\", \"a\"                        | NOT_MODIFIED",
                "If-None-Match: *                                   | NOT_MODIFIED",
                "If-None-Match: \"b\"                               | ALL",
                // 4. If-Modified-Since, only without If-None-Match
                "If-Modified-Since: SAME                            | NOT_MODIFIED",
                "If-Modified-Since: AFTER                           | NOT_MODIFIED",
                "If-Modified-Since: BEFORE                          | ALL",
                "If-Modified-Since: yesterday                       | ALL",
                "If-Modified-Since: SAME; If-Modified-Since: SAME   | ALL",
                "If-None-Match: \"b\"; If-Modified-Since: SAME      | ALL",
                "If-None-Match: \"a\"; If-Modified-Since: BEFORE    | NOT_MODIFIED",
                // the first two before the next two
                "If-Match: \"b\"; If-None-Match: \"a\"              | FAILED",
                "If-Match: \"a\"; If-None-Match: \"a\"              | NOT_MODIFIED",
                "If-Unmodified-Since: BEFORE; If-None-Match: \"a\"  | FAILED",
                "If-Unmodified-Since: SAME; If-Modified-Since: SAME | NOT_MODIFIED",
                "If-Match: *; If-None-Match: \"b\"                  | ALL"
            })
    void theyAreEvaluatedInTheirOrder(String fields, Outcome expected) {
        Resource resource = resource(false, SECOND);
        assertThat(outcome("GET", resource, fields)).isEqualTo(expected);
        assertThat(outcome("HEAD", resource, fields)).isEqualTo(expected);
        Outcome withRange = outcome("GET", resource, fields + "; Range: bytes=0-1");
        assertThat(withRange).isEqualTo(expected == Outcome.ALL ? Outcome.RANGE : expected);
        assertThat(outcome("HEAD", resource, fields + "; Range: bytes=0-1"))
                .as("RFC 9110 §14.2: Range is about GET")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "If-Range: \"a\"                     | RANGE",
                "If-Range: SAME                      | RANGE",
                "If-Range: \"b\"                     | ALL",
                "If-Range: W/\"a\"                   | ALL",
                "If-Range: AFTER                     | ALL",
                "If-Range: BEFORE                    | ALL",
                "If-Range: yesterday                 | ALL",
                "If-Range: *                         | ALL",
                "If-Range: a                         | ALL",
                "If-Match: \"a\"; If-Range: \"b\"      | ALL",
                "If-Match: \"b\"; If-Range: \"a\"      | FAILED",
                "If-None-Match: \"a\"; If-Range: \"a\" | NOT_MODIFIED"
            })
    void aRangeIsOfTheFileThatTheClientHas(String fields, Outcome expected) {
        assertThat(outcome("GET", resource(false, SECOND), "Range: bytes=0-1; " + fields))
                .isEqualTo(expected);
    }

    @Test
    void ifRangeHasOneTagAndNoList() {
        Resource resource = resource(false, SECOND);
        assertThat(outcome("GET", resource, "Range: bytes=0-1; If-Range: \"b\", \"a\""))
                .isEqualTo(Outcome.ALL);
        assertThat(outcome("GET", resource, "Range: bytes=0-1; If-Range: \"a\"; If-Range: \"b\""))
                .isEqualTo(Outcome.ALL);
    }

    @Test
    void ifRangeWithoutRangeIsNothing() {
        assertThat(outcome("GET", resource(false, SECOND), "If-Range: \"b\"")).isEqualTo(Outcome.ALL);
    }

    @Test
    void aWeakTagIsNoWitnessForARangeNorForIfMatch() {
        Resource weak = resource(true, SECOND);
        assertThat(outcome("GET", weak, "Range: bytes=0-1; If-Range: \"a\"")).isEqualTo(Outcome.ALL);
        assertThat(outcome("GET", weak, "Range: bytes=0-1; If-Range: W/\"a\"")).isEqualTo(Outcome.ALL);
        assertThat(outcome("GET", weak, "If-Match: \"a\"")).isEqualTo(Outcome.FAILED);
        assertThat(outcome("GET", weak, "If-None-Match: W/\"a\"")).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void aDateOfThisSecondIsNoStrongValidator() {
        long now = System.currentTimeMillis() / 1000;
        Resource young = resource(false, now);
        String fields = "Range: bytes=0-1; If-Range: " + HttpDate.format(now);
        Outcome outcome = outcome("GET", young, fields);
        assertThat(System.currentTimeMillis() / 1000 - now > 1 || outcome == Outcome.ALL)
                .isTrue();
    }
}
