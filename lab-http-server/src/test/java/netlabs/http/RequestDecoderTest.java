package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 9112 for what a client sends: the bytes, and what they come to. */
@Timeout(60)
class RequestDecoderTest {
    private static final String HOST = "Host: a\r\n";
    private static final String NEXT = "GET /next HTTP/1.1\r\n" + HOST + "\r\n";

    private static void assertRequests(String stream, String... lines) {
        Decoding found = Decoding.of(stream);
        assertThat(found.why()).as(stream).isNull();
        assertThat(found.requests()).as(stream).containsExactly(lines);
        assertThat(found.inside()).as(stream).isFalse();
    }

    /** Whatever stands behind what is refused is not taken for a request. */
    private static void assertRefused(Status status, String stream) {
        Decoding found = Decoding.of(stream + NEXT);
        assertThat(found.refused()).as(stream).isEqualTo(status);
        assertThat(found.requests()).as(stream).isEmpty();
        assertThat(found.closed()).as(stream).isTrue();
    }

    private static String get(String... fields) {
        return "GET / HTTP/1.1\r\n" + HOST + String.join("\r\n", fields) + (fields.length > 0 ? "\r\n\r\n" : "\r\n");
    }

    @Test
    void aRequestIsALineFieldsAndAnEmptyLine() {
        assertRequests("GET /a?b HTTP/1.1\r\n" + HOST + "Accept: */*\r\n\r\n", "GET /a?b HTTP/1.1");
    }

    @Test
    void requestsFollowEachOther() {
        assertRequests(get() + NEXT + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1", "GET /next HTTP/1.1");
    }

    @Test
    void nothingIsMissingButTheRest() {
        Decoding found = Decoding.of(get() + "GET /nex");
        assertThat(found.requests()).containsExactly("GET / HTTP/1.1");
        assertThat(found.inside()).isTrue();
        assertThat(found.refused()).isNull();
    }

    @Test
    void aLineMayEndWithLfAlone() {
        assertRequests("GET / HTTP/1.1\nHost: a\n\n" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRequests("GET / HTTP/1.1\r\nHost: a\nAccept: b\r\n\n" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
    }

    @Test
    void aFewEmptyLinesBeforeARequestAreSkipped() {
        assertRequests("\r\n\n" + get() + "\r\n" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRequests("\r\n".repeat(10) + get(), "GET / HTTP/1.1");
        assertRefused(Status.BAD_REQUEST, "\r\n".repeat(11) + get());
        assertRefused(Status.BAD_REQUEST, "\r\n".repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\rHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n",
                "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n",
                "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void aBareCrIsRefused(String stream) {
        assertRefused(Status.BAD_REQUEST, stream);
    }

    @Test
    void aControlCharacterIsRefusedWhereverItStands() {
        for (char c = 0; c <= 0x7f; c++) {
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f) {
                assertRefused(Status.BAD_REQUEST, get("X: a" + c + "b"));
                assertRefused(Status.BAD_REQUEST, get("X" + c + ": a"));
                assertRefused(Status.BAD_REQUEST, "GET /" + c + " HTTP/1.1\r\n" + HOST + "\r\n");
            }
        }
        assertRequests(get("X: a\tb"), "GET / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET / ",
                "GET",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET / a HTTP/1.1",
                " GET / HTTP/1.1",
                "GET\t/\tHTTP/1.1",
                "GET / http/1.1",
                "GET / HTTP/1.10",
                "GET / HTTP/1",
                "GET / HTTP/11",
                "GET / HTTP/a.b",
                "GET / HTTQ/1.1",
                "G(T / HTTP/1.1",
                "GET: / HTTP/1.1",
                "G\u00c9T / HTTP/1.1",
                "GET /caf\u00e9 HTTP/1.1",
                "/ HTTP/1.1",
                "{\"json\": true}"
            })
    void aRequestLineIsAMethodATargetAndAVersion(String line) {
        assertRefused(Status.BAD_REQUEST, line + "\r\n" + HOST + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"})
    void anotherMajorVersionIsNotSupported(String version) {
        assertRefused(Status.VERSION_NOT_SUPPORTED, "GET / " + version + "\r\n" + HOST + "\r\n");
    }

    @Test
    void thePrefaceOfHttp2IsAnotherVersion() {
        assertRefused(Status.VERSION_NOT_SUPPORTED, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @Test
    void aHigherMinorVersionIsReadAs11() {
        assertRequests("GET / HTTP/1.9\r\n" + HOST + "\r\n", "GET / HTTP/1.9");
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.9\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, GET",
        "HEAD, HEAD",
        "POST, NOT_ALLOWED",
        "PUT, NOT_ALLOWED",
        "DELETE, NOT_ALLOWED",
        "CONNECT, NOT_ALLOWED",
        "OPTIONS, NOT_ALLOWED",
        "TRACE, NOT_ALLOWED",
        "PATCH, NOT_ALLOWED",
        "get, UNKNOWN",
        "GETT, UNKNOWN",
        "BREW, UNKNOWN",
        "!#$%&'*+-.^_`|~0aZ, UNKNOWN"
    })
    void aMethodIsAnyTokenAndItsCaseMatters(String method, Request.Method expected) {
        assertThat(Decoding.request(method, "/").method()).isEqualTo(expected);
    }

    private static String target(String method, String target) {
        Request request = Decoding.request(method, target);
        return FieldLines.text(request.bytes(), request.target(), request.targetEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/b/c?d, /b/c?d",
        "HTTP://A:6789/b, /b",
        "https://a/b, /b",
        "http://[::1]:6789/b, /b",
        "http://a, ''",
        "http://a?b, ?b",
        "http://a/http://b/, /http://b/",
        "//b/c, //b/c",
        "/, /"
    })
    void ofAnAbsoluteFormPathAndQueryCount(String target, String path) {
        assertThat(target("GET", target)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a/b",
                "http:/a",
                "http:a",
                "file:///etc/passwd",
                "a/b",
                "a:80",
                "*",
                "../b",
                "?a",
                "%2f",
                "http://",
                "http:///b",
                "http://?a",
                "http://:80/b",
                "http://user@a/b",
                "http://a b/",
                "http://a:b/",
                "http://a:80:90/",
                "http://[::1/b",
                "http://a\\b/c"
            })
    void aTargetThatIsNoPathAndNoHttpUriIsRefused(String target) {
        assertRefused(Status.BAD_REQUEST, "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void optionsMayBeAboutTheServerAndConnectAboutAnother() {
        assertThat(Decoding.request("OPTIONS", "*").method()).isEqualTo(Request.Method.NOT_ALLOWED);
        assertThat(Decoding.request("CONNECT", "a.example:443").method()).isEqualTo(Request.Method.NOT_ALLOWED);
        assertThat(Decoding.request("CONNECT", "http.example:443").method()).isEqualTo(Request.Method.NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.example",
                "A.Example:6789",
                "127.0.0.1:80",
                "[::ffff:127.0.0.1]",
                "caf%c3%a9.example",
                "[::1]",
                "[::1]:80",
                "xn--caf-dma.example",
                "a_b~c",
                "a:",
                ""
            })
    void aHostIsANameOrAnAddressAndAPort(String host) {
        assertRequests("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "GET / HTTP/1.1");
        assertRequests("GET / HTTP/1.1\r\nhOsT:" + host + " \t\r\n\r\n", "GET / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[]:80",
                "[a.example]",
                "[::g]",
                "[::1%25eth0]",
                "[1]",
                "%zz",
                "a%4",
                "a%",
                "a b",
                "a/b",
                "a?b",
                "a#b",
                "a:b",
                "a:80:90",
                "a@b",
                "[::1",
                "[::1]b",
                "<a>",
                "\"a\"",
                "a\\b",
                "caf\u00e9"
            })
    void aHostThatIsNoneIsRefused(String host) {
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void http11HasExactlyOneHost() {
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.1\r\n\r\n");
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.1\r\nHosts: a\r\n\r\n");
        assertRefused(Status.BAD_REQUEST, get("Host: a"));
        assertRefused(Status.BAD_REQUEST, get("HOST: b"));
        assertRefused(Status.BAD_REQUEST, "GET http://a/ HTTP/1.1\r\n\r\n");
    }

    @Test
    void http10MayHaveNoHostAndNotTwo() {
        assertRequests("GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0, close");
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X",
                "X a",
                "X : a",
                "X\t: a",
                ": a",
                "X(y): a",
                "X\u00e9: a",
                "\"X\": a",
                " X: a",
                "\tX: a",
                "X,Y: a",
                "Content-Length : 3",
                "Transfer-Encoding : chunked"
            })
    void aFieldLineIsATokenAColonAndAValue(String line) {
        assertRefused(Status.BAD_REQUEST, get(line));
    }

    @Test
    void whitespaceBeforeTheColonIsRefused() {
        assertThat(Decoding.of(get("X : a")).why()).isEqualTo("white space stands before the colon of a field");
        assertThat(Decoding.of(get("X\t: a")).why()).isEqualTo("white space stands before the colon of a field");
    }

    @Test
    void aFoldedLineIsRefused() {
        for (String line : List.of("X: a\r\n b", "X: a\r\n\tb", "X: a\r\n ", "X: a\n b")) {
            Decoding found = Decoding.of(get(line));
            assertThat(found.refused()).isEqualTo(Status.BAD_REQUEST);
            assertThat(found.why()).isEqualTo("a field line begins with white space");
        }
        assertRefused(Status.BAD_REQUEST, "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
    }

    @Test
    void aValueMayBeEmptyOrHaveBytesBeyondAscii() {
        assertRequests(get("X:", "Y: \t ", "Z: \u00ff\u0080", "X:a:b:c"), "GET / HTTP/1.1");
    }

    @Test
    void theLongestLineHas8KiB() {
        String rest = " HTTP/1.1";
        String path = "/" + "a".repeat(8 * 1024 - "GET /".length() - rest.length());
        assertRequests("GET " + path + rest + "\r\n" + HOST + "\r\n", "GET " + path + rest);
        assertRefused(Status.URI_TOO_LONG, "GET " + path + "a" + rest + "\r\n" + HOST + "\r\n");
        String value = "a".repeat(8 * 1024 - "X: ".length());
        assertRequests(get("X: " + value), "GET / HTTP/1.1");
        assertRefused(Status.FIELDS_TOO_LARGE, get("X: " + value + "a"));
    }

    @Test
    void aLineThatNeverEndsIsRefusedOnceItIsTooLong() {
        assertThat(Decoding.of("a".repeat(8 * 1024)).refused()).isNull();
        assertThat(Decoding.of("a".repeat(8 * 1024 + 1)).refused()).isEqualTo(Status.URI_TOO_LONG);
    }

    @Test
    void thereAreAtMost100Fields() {
        String most = "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(99);
        assertRequests(most + "\r\n", "GET / HTTP/1.1");
        assertRefused(Status.FIELDS_TOO_LARGE, most + "X: a\r\n\r\n");
    }

    @Test
    void aHeadHasAtMost64KiB() {
        String start = "GET / HTTP/1.1\r\n" + HOST;
        int left = 64 * 1024 - start.length() - "\r\n".length();
        String line = "X: " + "a".repeat(left / 16 - "X: \r\n".length()) + "\r\n";
        String fields = line.repeat(15);
        String last = "X: " + "a".repeat(left - fields.length() - "X: \r\n".length());
        assertThat((start + fields + last + "\r\n\r\n").length()).isEqualTo(64 * 1024);
        assertRequests(start + fields + last + "\r\n\r\n", "GET / HTTP/1.1");
        assertRefused(Status.FIELDS_TOO_LARGE, start + fields + last + "aaaaa\r\n\r\n");
    }

    @Test
    void aBodyOfALengthIsPassedOver() {
        assertRequests(
                "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + NEXT.length() + "\r\n\r\n" + NEXT + NEXT,
                "POST / HTTP/1.1",
                "GET /next HTTP/1.1");
        assertRequests(get("Content-Length: 3") + "abc" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRequests(get("Content-Length: 0") + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
    }

    @Test
    void aRequestIsCompleteWithItsBody() {
        Decoding found = Decoding.of(get("Content-Length: 3") + "ab");
        assertThat(found.requests()).isEmpty();
        assertThat(found.inside()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+3",
                "-3",
                "3 3",
                "3,3",
                "3, 3",
                "0x3",
                "3a",
                "a",
                "3.0",
                "\"3\"",
                "99999999999999999999",
                "\u00b2"
            })
    void aContentLengthIsDigitsOnly(String value) {
        assertRefused(Status.BAD_REQUEST, get("Content-Length: " + value) + "abc");
    }

    @Test
    void severalContentLengthsHaveToAgree() {
        assertRequests(
                get("Content-Length: 3", "content-length: 3") + "abc" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRefused(Status.BAD_REQUEST, get("Content-Length: 3", "Content-Length: 4") + "abc");
        assertRefused(Status.BAD_REQUEST, get("Content-Length: 0", "Content-Length: 4") + "abc");
    }

    @Test
    void aBodyInChunksIsPassedOver() {
        assertRequests(
                get("Transfer-Encoding: chunked") + "3\r\nabc\r\n1a;x=y\r\n" + "z".repeat(26)
                        + "\r\n0\r\nTrailer: a\r\n\r\n" + NEXT,
                "GET / HTTP/1.1",
                "GET /next HTTP/1.1");
        assertRequests(get("transfer-encoding:CHUNKED") + "0\r\n\r\n" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
    }

    @Test
    void chunksThatAreNoneAreRefused() {
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: chunked") + "xyz\r\n");
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: chunked") + "3\r\nabcd\r\n0\r\n\r\n");
    }

    @Test
    void transferEncodingWithContentLengthIsRefused() {
        String chunks = "0\r\n\r\n";
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: chunked", "Content-Length: 5") + chunks);
        assertRefused(Status.BAD_REQUEST, get("Content-Length: 5", "Transfer-Encoding: chunked") + chunks);
        assertRefused(Status.BAD_REQUEST, get("Content-Length: 0", "Transfer-Encoding: chunked") + chunks);
    }

    @Test
    void twoTransferEncodingsAreRefused() {
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"));
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: chunked", "Transfer-Encoding: identity"));
        assertRefused(Status.BAD_REQUEST, get("Transfer-Encoding: identity", "Transfer-Encoding: chunked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, chunked",
                "gzip",
                "identity",
                "chunked, chunked",
                "chunked, identity",
                "chunkedx",
                "xchunked",
                "",
                "\"chunked\"",
                "chunked;a=b",
                "\u000bchunked",
                "chunked,",
                ",chunked"
            })
    void anotherTransferCodingIsNotUnderstood(String coding) {
        Decoding found = Decoding.of(get("Transfer-Encoding: " + coding) + "0\r\n\r\n" + NEXT);
        assertThat(found.refused())
                .isEqualTo(coding.startsWith("\u000b") ? Status.BAD_REQUEST : Status.NOT_IMPLEMENTED);
        assertThat(found.requests()).isEmpty();
        assertThat(found.closed()).isTrue();
    }

    @Test
    void http10HasNoTransferEncoding() {
        assertRefused(
                Status.BAD_REQUEST,
                "POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    void aBodyHasALimit() {
        String most = "a".repeat(Decoding.MAX_BODY);
        String over = Integer.toString(Decoding.MAX_BODY + 1);
        assertRequests(get("Content-Length: " + most.length()) + most + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRefused(Status.CONTENT_TOO_LARGE, get("Content-Length: " + over));
        String chunk = Integer.toHexString(Decoding.MAX_BODY) + "\r\n" + most + "\r\n";
        assertRequests(
                get("Transfer-Encoding: chunked") + chunk + "0\r\n\r\n" + NEXT, "GET / HTTP/1.1", "GET /next HTTP/1.1");
        assertRefused(Status.CONTENT_TOO_LARGE, get("Transfer-Encoding: chunked") + chunk + "1\r\na\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 |                        | true",
                "HTTP/1.1 | close                  | false",
                "HTTP/1.1 | CLOSE                  | false",
                "HTTP/1.1 | keep-alive             | true",
                "HTTP/1.1 | keep-alive, close      | false",
                "HTTP/1.1 | upgrade,close , x      | false",
                "HTTP/1.1 | closed                 | true",
                "HTTP/1.0 |                        | false",
                "HTTP/1.0 | keep-alive             | true",
                "HTTP/1.0 | Keep-Alive             | true",
                "HTTP/1.0 | x,keep-alive           | true",
                "HTTP/1.0 | close, keep-alive      | false"
            })
    void aConnectionIsKeptByVersionAndConnection(String version, String connection, boolean kept) {
        String field = connection == null ? "" : "Connection: " + connection + "\r\n";
        assertThat(Decoding.request("GET / " + version + "\r\n" + HOST + field + "\r\n")
                        .keepsAlive())
                .isEqualTo(kept);
    }

    @Test
    void severalLinesOfConnectionAreOneList() {
        assertThat(Decoding.get("/", "Connection: x", "Connection: close").keepsAlive())
                .isFalse();
        assertThat(Decoding.get("/", "Connection: close", "Connection: keep-alive")
                        .keepsAlive())
                .isFalse();
    }

    @Test
    void whoExpects100ContinueIsToldOnce() {
        for (String body : List.of("Content-Length: 3", "Transfer-Encoding: chunked")) {
            Decoding found = Decoding.of(get("Expect: 100-Continue", body));
            assertThat(found.continues()).isEqualTo(1);
            assertThat(found.requests()).isEmpty();
            assertThat(found.inside()).isTrue();
        }
        byte[] all = Decoding.bytes(get("Expect: 100-continue", "Content-Length: 3") + "abc" + NEXT);
        Decoding found = Decoding.of(all, List.of(all.length - NEXT.length() - 3, 1, 1, 1, NEXT.length()));
        assertThat(found.continues()).isEqualTo(1);
        assertThat(found.requests()).containsExactly("GET / HTTP/1.1", "GET /next HTTP/1.1");
    }

    @Test
    void whoSendsTheBodyAnywayIsNotToldToContinue() {
        Decoding found = Decoding.of(get("Expect: 100-continue", "Content-Length: 3") + "a");
        assertThat(found.continues()).isZero();
        found = Decoding.of(get("Expect: 100-continue", "Content-Length: 3") + "abc" + NEXT);
        assertThat(found.continues()).isZero();
        assertThat(found.requests()).hasSize(2);
    }

    @Test
    void withoutABodyThereIsNothingToContinue() {
        Decoding found = Decoding.of(get("Expect: 100-continue") + NEXT);
        assertThat(found.continues()).isZero();
        assertThat(found.requests()).hasSize(2);
        assertThat(Decoding.of(get("Expect: 100-continue", "Content-Length: 0")).continues())
                .isZero();
    }

    @Test
    void whoIsRefusedAnywayDoesNotGetToContinue() {
        Decoding found = Decoding.of("PUT / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertThat(found.continues()).isZero();
        assertThat(found.requests()).containsExactly("PUT / HTTP/1.1");
        assertThat(found.closed()).as("the body may come or not").isTrue();
    }

    @Test
    void whatComesAfterARequestWhoseBodyWasLeftIsNotUnderstood() {
        byte[] head = Decoding.bytes("PUT / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        byte[] all = Decoding.bytes(new String(head, StandardCharsets.US_ASCII) + NEXT);
        Decoding found = Decoding.of(all, List.of(head.length));
        assertThat(found.requests()).containsExactly("PUT / HTTP/1.1");
    }

    @Test
    void anotherExpectationFails() {
        assertRefused(Status.EXPECTATION_FAILED, get("Expect: 200-ok"));
        assertRefused(Status.EXPECTATION_FAILED, get("Expect: 100-continue", "Expect: x"));
        assertRefused(Status.EXPECTATION_FAILED, get("Expect: x", "Expect: 100-continue"));
    }

    @Test
    void http10ExpectsNothing() {
        assertThat(Decoding.of("GET / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
                        .continues())
                .isZero();
        assertRequests("GET / HTTP/1.0\r\nExpect: x\r\n\r\n", "GET / HTTP/1.0, close");
    }

    @Test
    void nothingIsUnderstoodBehindARefusal() throws RefusedException {
        RequestDecoder decoder = new RequestDecoder(Decoding.MAX_BODY);
        try {
            decoder.next(ByteBuffer.wrap(Decoding.bytes("GET / HTTP/1.1\r\n\r\n")));
        } catch (RefusedException e) {
            assertThat(e.status()).isEqualTo(Status.BAD_REQUEST);
        }
        ByteBuffer more = ByteBuffer.wrap(Decoding.bytes(NEXT));
        assertThat(decoder.next(more)).isFalse();
        assertThat(more.hasRemaining()).isFalse();
        assertThat(decoder.isClosed()).isTrue();
        assertThat(decoder.isInside()).isFalse();
    }

    @Test
    void theLogGetsTheLineAsFarAsItHasCome() throws RefusedException {
        RequestDecoder decoder = new RequestDecoder(Decoding.MAX_BODY);
        assertThat(decoder.line()).isEmpty();
        decoder.next(ByteBuffer.wrap(Decoding.bytes("\r\nGET /a")));
        assertThat(decoder.line()).isEqualTo("GET /a");
        assertThat(decoder.next(ByteBuffer.wrap(Decoding.bytes(" HTTP/1.1\r\nHost: a\r\n\r\n"))))
                .isTrue();
        assertThat(decoder.line()).isEqualTo("GET /a HTTP/1.1");
        try {
            decoder.next(ByteBuffer.wrap(Decoding.bytes("GET /\u0001 HTTP/1.1\r\n")));
        } catch (RefusedException e) {
            assertThat(decoder.line()).isEqualTo("GET /\u0001 HTTP/1.1");
        }
    }

    @Test
    void severalLinesOfAConditionAreOneList() {
        Request request = Decoding.get("/", "If-None-Match: \"a\"", "if-none-match: \"b\", \"c\"");
        assertThat(request.ifNoneMatch()).isEqualTo("\"a\", \"b\", \"c\"");
        assertThat(request.hasConditions()).isTrue();
    }

    @Test
    void aRequestKnowsNothingOfTheOneBefore() throws RefusedException {
        RequestDecoder decoder = new RequestDecoder(Decoding.MAX_BODY);
        ByteBuffer bytes = ByteBuffer.wrap(Decoding.bytes(get(
                        "Range: bytes=0-1",
                        "If-Range: \"a\"",
                        "If-Match: \"a\"",
                        "If-None-Match: \"a\"",
                        "If-Modified-Since: a",
                        "If-Unmodified-Since: a",
                        "Connection: close",
                        "Expect: 100-continue",
                        "Content-Length: 3")
                + "abc" + NEXT));
        assertThat(decoder.next(bytes)).isTrue();
        assertThat(decoder.request().range()).isEqualTo("bytes=0-1");
        assertThat(decoder.next(bytes)).isTrue();
        Request next = decoder.request();
        assertThat(next.hasConditions()).isFalse();
        assertThat(List.of(next.keepsAlive(), next.isHttp11(), !next.expectsContinue()))
                .doesNotContain(false);
        assertThat(next.contentLength()).isZero();
        assertThat(next.range()).isNull();
        assertThat(next.ifRange()).isNull();
        assertThat(next.ifMatch()).isNull();
        assertThat(next.ifNoneMatch()).isNull();
        assertThat(next.ifModifiedSince()).isNull();
        assertThat(next.ifUnmodifiedSince()).isNull();
    }
}
