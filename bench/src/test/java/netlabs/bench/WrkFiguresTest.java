package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkFiguresTest {
    private static final String LINE =
            "{\"requests\": 1000, \"duration_us\": 2010000, \"bytes\": 120300, \"p50_us\": 9600,"
                    + " \"p99_us\": 60330, \"connect_errors\": 0, \"read_errors\": 0, \"write_errors\": 0, \"timeouts\": 0,"
                    + " \"status_errors\": 0}\n";

    private static WrkFigures received(long requests, long bytes) {
        return new WrkFigures(requests, 2_000_000, bytes, 1, 2, 0, 0, 0, 0, 0);
    }

    private static void isFailure(ThrowingCallable check, String message) {
        assertThatThrownBy(check).isInstanceOf(TrialFailedException.class).hasMessage(message);
    }

    @Test
    void theScriptsLineIsReadBehindWhatWrkItselfPrints() throws Exception {
        WrkFigures figures = WrkFigures.parse("""
                Running 2s test @ http://127.0.0.1:18123/1KiB.bin
                  1 threads and 64 connections
                Requests/sec:   5899.07
                Transfer/sec:      6.68MB
                """ + LINE);
        assertThat(figures).isEqualTo(new WrkFigures(1000, 2_010_000, 120_300, 9600, 60_330, 0, 0, 0, 0, 0));
        assertThat(figures.perSecond()).isEqualTo(1000 / 2.01);
        assertThat(figures.errors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "Requests/sec:   5899.07\n",
                "{\"requests\": 1000",
                "{\"requests\": \"many\"}",
                "{\"requests\": 1000, \"surprise\": 1}",
                "{\"requests\": -nan}",
                "{}",
                "{}}"
            })
    void garbageIsNoFigures(String output) {
        assertThatThrownBy(() -> WrkFigures.parse(output))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("wrk printed no figures: ");
        String cutOff = LINE + output;
        if (!output.isBlank()) {
            assertThatThrownBy(() -> WrkFigures.parse(cutOff)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anyErrorFailsTheRun() {
        isFailure(
                () -> new WrkFigures(10, 2_000_000, 1000, 1, 2, 1, 2, 3, 4, 5).check(100, 64),
                "wrk counted 1 connect, 2 read, 3 write errors, 4 timeouts, 5 answers with status 400 or more in 10"
                        + " requests");
        isFailure(() -> received(0, 0).check(100, 64), "not one answer came in 2000 ms");
    }

    @Test
    void theBytesMustBeThoseOfTheAnswers() {
        assertThatCode(() -> received(10, 1000).check(100, 3)).doesNotThrowAnyException();
        assertThatCode(() -> received(10, 1300).check(100, 3)).doesNotThrowAnyException();
        isFailure(
                () -> received(10, 999).check(100, 3),
                "wrk received 999 bytes, and 10 answers of 100 bytes are 1000, with 3 unfinished ones at most 1300");
        isFailure(
                () -> received(10, 1301).check(100, 3),
                "wrk received 1301 bytes, and 10 answers of 100 bytes are 1000, with 3 unfinished ones at most 1300");
    }
}
