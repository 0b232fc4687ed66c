package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

/** What holds for any requests, any bytes, and however the stream is cut. */
class RequestDecoderPropertyTest {
    /** A request and how it looks on the wire. */
    private record Sent(String line, byte[] bytes) {}

    private record Pair(String method, String target) {}

    @Provide
    Arbitrary<Sent> requests() {
        Arbitrary<Pair> lines = Combinators.combine(
                        Arbitraries.of("GET", "HEAD", "POST", "OPTIONS", "BREW"),
                        Arbitraries.of("/", "/a.html", "/a%20b?c=d", "http://a.example/b", "//b/../c"))
                .as(Pair::new);
        Arbitrary<List<String>> fields = Arbitraries.of(
                        "Accept: */*",
                        "accept-encoding:gzip",
                        "X:",
                        "Range: bytes=0-1",
                        "If-None-Match: \"a\", W/\"b\"",
                        "Connection: keep-alive",
                        "Cookie: \u00e9 \t x",
                        "Host-Name: x",
                        "Content-Lengthy: 3",
                        "Expect: 100-continue")
                .list()
                .ofMaxSize(4);
        Arbitrary<byte[]> bodies = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                Arbitraries.of(
                        Decoding.bytes("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
                        Decoding.bytes("0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")));
        Arbitrary<Integer> framings = Arbitraries.integers().between(0, 9);
        return Combinators.combine(lines, fields, bodies, framings, Arbitraries.of("\r\n", "\n"))
                .as(RequestDecoderPropertyTest::sent);
    }

    /**
     * @param framing 0: no body; 1: Content-Length; more: chunks of one less than that
     */
    private static Sent sent(Pair methodAndTarget, List<String> fields, byte[] body, int framing, String newline) {
        String line = methodAndTarget.method() + " " + methodAndTarget.target() + " HTTP/1.1";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(line).append(newline);
        for (String field : fields) {
            // Without its body a request that waits for 100 Continue ends the connection, if it is no GET.
            if (!field.startsWith("Expect") || methodAndTarget.method().matches("GET|HEAD")) {
                head.append(field).append(newline);
            }
        }
        head.append("Host: a").append(newline);
        if (framing == 1) {
            head.append("Content-Length: ").append(body.length).append(newline);
        } else if (framing > 1) {
            head.append("Transfer-Encoding: chunked").append(newline);
        }
        bytes.writeBytes(Decoding.bytes(head.append(newline).toString()));
        if (framing == 1) {
            bytes.writeBytes(body);
        } else if (framing > 1) {
            for (int at = 0; at < body.length; at += framing - 1) {
                int length = Math.min(framing - 1, body.length - at);
                bytes.writeBytes(Decoding.bytes(Integer.toHexString(length) + (at == 0 ? ";x=y" : "") + "\r\n"));
                bytes.write(body, at, length);
                bytes.writeBytes(Decoding.bytes("\r\n"));
            }
            bytes.writeBytes(Decoding.bytes("0\r\n" + (framing % 2 == 0 ? "X: y\r\n" : "") + "\r\n"));
        }
        return new Sent(line, bytes.toByteArray());
    }

    @Property
    void anySequenceOfRequestsIsFoundHoweverItIsCut(
            @ForAll @Size(max = 8) List<@From("requests") Sent> requests,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 100) Integer> pieces) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        for (Sent request : requests) {
            stream.writeBytes(request.bytes());
            lines.add(request.line());
        }
        Decoding atOnce = Decoding.of(stream.toByteArray(), List.of(Math.max(1, stream.size())));
        Decoding inPieces = Decoding.of(stream.toByteArray(), pieces);
        assertThat(atOnce.why()).isNull();
        assertThat(atOnce.requests()).isEqualTo(lines);
        assertThat(inPieces.requests()).isEqualTo(lines);
        assertThat(inPieces.why()).isNull();
        assertThat(inPieces.inside() || inPieces.closed()).isFalse();
    }

    /** Bytes that are nothing, and requests with some bytes changed, lost or doubled. */
    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> text = Arbitraries.of(
                        "GET ",
                        "/",
                        " HTTP/1.1",
                        "\r\n",
                        "\n",
                        "\r",
                        "Host: a",
                        "Host",
                        ":",
                        " ",
                        "\t",
                        "Content-Length: ",
                        "3",
                        "Transfer-Encoding: chunked",
                        "0\r\n\r\n",
                        "Expect: 100-continue",
                        "Connection: close",
                        "\u0000",
                        "\u00ff",
                        "http://",
                        "*",
                        "a")
                .list()
                .ofMaxSize(30)
                .map(words -> Decoding.bytes(String.join("", words)));
        Arbitrary<byte[]> damaged = Combinators.combine(
                        Arbitraries.lazy(this::requests).list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.bytes())
                .as((requests, at, b) -> {
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    requests.forEach(request -> stream.writeBytes(request.bytes()));
                    byte[] bytes = stream.toByteArray();
                    bytes[at % bytes.length] = b;
                    return bytes;
                });
        return Arbitraries.oneOf(any, text, damaged);
    }

    @Property
    void garbageIsRefusedOrMoreIsWantedHoweverItIsCut(
            @ForAll("garbage") byte[] garbage,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 100) Integer> pieces) {
        Decoding atOnce = Decoding.of(garbage, List.of(Math.max(1, garbage.length)));
        Decoding inPieces = Decoding.of(garbage, pieces);
        if (atOnce.refused() != null) {
            assertThat(atOnce.closed()).isTrue();
            assertThat(atOnce.refused().code()).isBetween(400, 505);
            assertThat(atOnce.inside()).isFalse();
        }
        if (inPieces.continues() == 0 && !(inPieces.closed() && inPieces.refused() == null)) {
            assertThat(inPieces.requests()).isEqualTo(atOnce.requests());
            assertThat(inPieces.refused()).isEqualTo(atOnce.refused());
        }
    }

    @Property(tries = 100)
    void aRefusalDoesNotDependOnWhatComesBehindIt(@ForAll("garbage") byte[] garbage) {
        Decoding alone = Decoding.of(garbage, List.of(Math.max(1, garbage.length)));
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(garbage);
        longer.writeBytes(Decoding.bytes("\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
        Decoding followed = Decoding.of(longer.toByteArray(), List.of(longer.size()));
        if (alone.refused() != null) {
            assertThat(followed).isEqualTo(alone);
        }
    }

    /**
     * The decoder is given each byte once and has to take it: so what it does for a byte is bounded by what
     * it copies, and that is counted in allocated bytes.
     */
    @Test
    void aHeadOf64KiBByteByByteIsLinearWorkInBoundedMemory() throws RefusedException {
        StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 60; i++) {
            head.append("X: ").append("a".repeat(1_000)).append("\r\n");
        }
        byte[] bytes = Decoding.bytes(head + "\r\n");
        long atOnce = allocated(bytes, bytes.length);
        long byteByByte = allocated(bytes, 1);
        assertThat(atOnce).isLessThan(2L * bytes.length);
        assertThat(byteByByte).isLessThan(5L * bytes.length);
    }

    @Test
    void aStreamWithoutEndKeepsNoMoreThanAHead() throws RefusedException {
        byte[] flood =
                Decoding.bytes("GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "a".repeat(8_000) + "\r\n").repeat(50));
        assertThat(allocated(flood, 16 * 1024)).isLessThan(4 * 64 * 1024);
        byte[] body =
                Decoding.bytes("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "a".repeat(1_000_000));
        assertThat(allocated(body, 16 * 1024)).isLessThan(64 * 1024);
        byte[] chunks = Decoding.bytes(
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\na\r\n".repeat(100_000));
        assertThat(allocated(chunks, 16 * 1024)).isLessThan(64 * 1024);
    }

    /** How many bytes a decoder allocates that is given {@code stream} in pieces of {@code piece}. */
    private static long allocated(byte[] stream, int piece) throws RefusedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        RequestDecoder decoder = new RequestDecoder(1 << 20);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int at = 0; at < stream.length; at += piece) {
            bytes.limit(Math.min(stream.length, at + piece)).position(at);
            try {
                decoder.next(bytes);
            } catch (RefusedException e) {
                break;
            }
            if (bytes.hasRemaining()) {
                throw new AssertionError("bytes were left: " + bytes);
            }
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
