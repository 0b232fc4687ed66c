package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import netlabs.http.ResponseHead.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 §4 and §6.3, from the client's side. */
class ResponseHeadTest {
    private static ResponseHead parse(String line, String... fields) throws RefusedException {
        byte[] head = Decoding.bytes(
                line + "\r\n" + String.join("\r\n", fields) + (fields.length > 0 ? "\r\n" : "") + "\r\n");
        return ResponseHead.parse(head, head.length);
    }

    private static RefusedException refused(String line, String... fields) {
        return catchThrowableOfType(RefusedException.class, () -> parse(line, fields));
    }

    @Test
    void itHasAStatusLineAndFields() throws RefusedException {
        ResponseHead head =
                parse("HTTP/1.1 404 Not Found", "Content-Length:3", "X:", "Set-Cookie: a ", "Set-Cookie: b");
        assertThat(head.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.fields()).containsExactly("Content-Length: 3", "X: ", "Set-Cookie: a", "Set-Cookie: b");
        assertThat(head.contentLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK",
                "HTTP/1.0 200 OK",
                "HTTP/1.1 200 ",
                "HTTP/1.1 200",
                "HTTP/1.1 200 It is \t fine"
            })
    void aReasonMayBeAnythingOrMissing(String line) throws RefusedException {
        assertThat(parse(line).status()).isEqualTo(200);
    }

    @Test
    void aReasonMayHaveBytesBeyondAscii() throws RefusedException {
        for (char c = 0x80; c <= 0xff; c++) {
            assertThat(parse("HTTP/1.1 404 \u00c3" + c).status()).isEqualTo(404);
        }
    }

    @Test
    void aStatusThatThereIsNotIsReadAll() throws RefusedException {
        assertThat(parse("HTTP/1.1 299 ?").status()).isEqualTo(299);
        assertThat(parse("HTTP/1.1 599 ?").status()).isEqualTo(599);
        assertThat(parse("HTTP/1.1 999 ?").status()).isEqualTo(999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2.0 200 OK",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 000 OK",
                "HTTP/1.1 -20 OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1 200OK",
                "HTTP/1.12 200 OK",
                "http/1.1 200 OK",
                "ICY 200 OK",
                " HTTP/1.1 200 OK",
                "SSH-2.0-OpenSSH_9.6",
                "<html>"
            })
    void whatIsNoStatusLineIsRefused(String line) {
        assertThat(refused(line)).hasMessage("its first line is no status line of HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", " X: a", "X : a", ": a", "X(: a"})
    void aLineThatIsNoFieldIsRefused(String field) {
        assertThat(refused("HTTP/1.1 200 OK", field)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1,1", "1a", "0x1", "99999999999999999999"})
    void aContentLengthIsDigits(String value) {
        assertThat(refused("HTTP/1.1 200 OK", "Content-Length: " + value))
                .hasMessage("its Content-Length is no length");
    }

    @Test
    void severalContentLengthsHaveToAgree() throws RefusedException {
        assertThat(parse("HTTP/1.1 200 OK", "Content-Length: 3", "content-length: 3")
                        .contentLength())
                .isEqualTo(3);
        assertThat(refused("HTTP/1.1 200 OK", "Content-Length: 3", "Content-Length: 4"))
                .hasMessage("it has two Content-Lengths that differ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | 200 | Content-Length: 3           | LENGTH",
                "GET  | 404 | Content-Length: 0           | LENGTH",
                "GET  | 200 | X: a                        | UNTIL_CLOSE",
                "GET  | 200 | Transfer-Encoding: chunked  | CHUNKED",
                "GET  | 200 | transfer-encoding:Chunked   | CHUNKED",
                "HEAD | 200 | Content-Length: 3           | NO_BODY",
                "HEAD | 200 | Transfer-Encoding: chunked  | NO_BODY",
                "HEAD | 200 | X: a                        | NO_BODY",
                "GET  | 204 | Content-Length: 3           | NO_BODY",
                "GET  | 304 | Content-Length: 3           | NO_BODY",
                "GET  | 304 | Transfer-Encoding: chunked  | NO_BODY",
                "GET  | 100 | X: a                        | NO_BODY",
                "GET  | 103 | Content-Length: 3           | NO_BODY"
            })
    void theEndOfABodyIsFoundByTheRules(String method, String status, String field, Framing expected)
            throws RefusedException {
        assertThat(parse("HTTP/1.1 " + status + " x", field).framing(method.equals("HEAD")))
                .isEqualTo(expected);
    }

    @Test
    void chunkedCountsMoreThanALength() throws RefusedException {
        assertThat(parse("HTTP/1.1 200 OK", "Content-Length: 3", "Transfer-Encoding: chunked")
                        .framing(false))
                .isEqualTo(Framing.CHUNKED);
        assertThat(parse("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Content-Length: 3")
                        .framing(false))
                .isEqualTo(Framing.CHUNKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, chunked", "chunked, chunked", "identity", ""})
    void anotherCodingIsNotUnderstood(String coding) throws RefusedException {
        ResponseHead head = parse("HTTP/1.1 200 OK", "Transfer-Encoding: " + coding);
        assertThat(catchThrowableOfType(RefusedException.class, () -> head.framing(false)))
                .hasMessage("its transfer coding is not chunked");
        assertThat(head.framing(true)).isEqualTo(Framing.NO_BODY);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "103, true", "199, true", "200, false", "304, false", "404, false"})
    void aStatusBelow200IsInterim(int status, boolean expected) throws RefusedException {
        assertThat(parse("HTTP/1.1 " + status + " x").isInterim()).isEqualTo(expected);
    }
}
