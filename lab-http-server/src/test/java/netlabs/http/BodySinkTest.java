package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body on a terminal. */
class BodySinkTest {
    private static String unescaped(String text) {
        return text == null ? "" : text.translateEscapes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\n            | a\\n",
                "a               | a\\n",
                "a\\r\\nb\\r\\n  | a\\nb\\n",
                "a\\rb\\n        | a\\\\rb\\n",
                "a\\r            | a\\\\r\\n",
                "\\t<p>\\n       | \\t<p>\\n",
                "\\33[2J\\n      | \\\\x1b[2J\\n",
                "caf\u00e9\\n    | caf\u00e9\\n",
                "                | ''"
            })
    void whatCouldSteerATerminalIsShown(String body, String shown) {
        TestConsole console = new TestConsole();
        BodySink sink = new BodySink.Text(console.console().out());
        sink.take(ByteBuffer.wrap(unescaped(body).getBytes(StandardCharsets.UTF_8)));
        sink.end();
        assertThat(console.out()).isEqualTo(unescaped(shown));
    }
}
