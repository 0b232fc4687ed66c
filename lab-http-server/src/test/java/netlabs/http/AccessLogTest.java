package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Common Log Format, and nothing that a client could write into it. */
class AccessLogTest {
    private final TestConsole console = new TestConsole();
    private final AccessLog log = new AccessLog(console.console().out());
    private final InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    @Test
    void aLineHasTheFieldsOfTheCommonLogFormat() {
        log.answered(client, "GET /index.html HTTP/1.1", Status.OK, 1234);
        assertThat(console.out())
                .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] "
                        + "\"GET /index\\.html HTTP/1\\.1\" 200 1234\n");
    }

    @Test
    void noBytesAndNoLineAreADash() {
        log.answered(client, "", Status.REQUEST_TIMEOUT, 0);
        assertThat(console.out()).endsWith("] \"-\" 408 -\n");
    }

    @Test
    void anAddressOfVersion6IsPrintedAsUsual() throws Exception {
        log.answered(new InetSocketAddress(InetAddress.getByName("::1"), 1), "GET / HTTP/1.1", Status.OK, 1);
        assertThat(console.out()).startsWith("::1 - - [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /\" 200 1 \"x HTTP/1.1 | GET /\\\" 200 1 \\\"x HTTP/1.1",
                "GET /\\ HTTP/1.1           | GET /\\\\ HTTP/1.1",
                "GET /\\\" HTTP/1.1         | GET /\\\\\\\" HTTP/1.1"
            })
    void nobodyWritesFieldsOfHisOwn(String line, String shown) {
        log.answered(client, line, Status.BAD_REQUEST, 1);
        assertThat(console.out()).endsWith("] \"" + shown + "\" 400 1\n").hasLineCount(1);
    }

    @Test
    void aTerminalIsNotSteered() {
        log.answered(client, "GET /\u001b[2J\u0007\u009b\u0000\r\n\u007f HTTP/1.1", Status.BAD_REQUEST, 1);
        assertThat(console.out())
                .endsWith("\"GET /\\x1b[2J\\x07\\x9b\\x00\\r\\n\\x7f HTTP/1.1\" 400 1\n")
                .hasLineCount(1);
    }

    @Test
    void quietLogsNothing() {
        AccessLog quiet = new AccessLog(null);
        quiet.answered(client, "GET / HTTP/1.1", Status.OK, 1);
        assertThat(quiet.isOn()).isFalse();
        assertThat(log.isOn()).isTrue();
        assertThat(console.out()).isEmpty();
    }
}
