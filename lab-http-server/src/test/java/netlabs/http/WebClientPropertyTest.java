package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;

/** What the client makes of any response, however it is cut, and of any bytes. */
class WebClientPropertyTest {
    private static final int TRIES = 150;

    /** What was printed, the body's bytes, and what the client failed with. */
    private record Fetched(String head, String body, String error) {
        static Fetched of(byte[] response, List<Integer> pieces) throws IOException {
            TestConsole console = new TestConsole();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            String error = null;
            try (TestOrigin server = TestOrigin.of(client -> {
                TestOrigin.readRequest(client);
                int piece = 0;
                try {
                    for (int at = 0; at < response.length; ) {
                        int count = Math.min(response.length - at, pieces.get(piece++ % pieces.size()));
                        byte[] bytes = new byte[count];
                        System.arraycopy(response, at, bytes, 0, count);
                        client.send(bytes);
                        at += count;
                    }
                    client.halfClose().expectGone();
                } catch (IOException e) {
                    return; // the client has heard enough
                }
            })) {
                WebClient.Options options = new WebClient.Options("127.0.0.1", server.port(), 10_000, false, false);
                try {
                    new WebClient(options, console.console()).fetch("a", new BodySink.Bytes(body, "a"));
                } catch (LabException e) {
                    error = e.getMessage().replace(":" + server.port(), "");
                }
            }
            return new Fetched(console.out(), body.toString(StandardCharsets.ISO_8859_1), error);
        }
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200);
    }

    @Property(tries = TRIES)
    void anyResponseIsTheSameHoweverItIsCut(
            @ForAll("contents") String content,
            @ForAll @IntRange(max = 2) int framing,
            @ForAll @IntRange(max = 3) int interim,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 60) Integer> pieces)
            throws IOException {
        String fields = switch (framing) {
            case 0 -> "Content-Length: " + content.length() + "\r\n\r\n" + content;
            case 1 -> "\r\n" + content;
            default -> "Transfer-Encoding: chunked\r\n\r\n" + chunks(content);
        };
        byte[] response = Decoding.bytes(
                "HTTP/1.1 100 Continue\r\n\r\n".repeat(interim) + "HTTP/1.1 200 OK\r\nX: a\r\n" + fields);
        Fetched fetched = Fetched.of(response, pieces);
        assertThat(fetched.error()).isNull();
        assertThat(fetched.body()).isEqualTo(content);
        assertThat(fetched.head()).startsWith("HTTP/1.1 200 OK\nX: a\n").endsWith("\n\n");
    }

    private static String chunks(String content) {
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < content.length(); at += 17) {
            String chunk = content.substring(at, Math.min(content.length(), at + 17));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> text = Arbitraries.of(
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 ",
                        "200",
                        " OK",
                        "\r\n",
                        "\n",
                        "\r",
                        "X: y",
                        ":",
                        " ",
                        "\t",
                        "Content-Length: ",
                        "3",
                        "Transfer-Encoding: chunked",
                        "\r\n\r\n",
                        "0\r\n\r\n",
                        "HTTP/1.1 100 \r\n\r\n",
                        "\u0000",
                        "\u00ff",
                        "a")
                .list()
                .ofMaxSize(30)
                .map(words -> Decoding.bytes(String.join("", words)));
        Arbitrary<byte[]> damaged = Combinators.combine(Arbitraries.integers().between(0, 80), Arbitraries.bytes())
                .as((at, b) -> {
                    byte[] response = Decoding.bytes(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n");
                    response[at % response.length] = b;
                    return response;
                });
        return Arbitraries.oneOf(any, text, damaged);
    }

    @Property(tries = TRIES)
    void garbageIsAnErrorOfOneLineAndTheSameHoweverItIsCut(
            @ForAll("garbage") byte[] garbage,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 60) Integer> pieces)
            throws IOException {
        Fetched atOnce = Fetched.of(garbage, List.of(Math.max(1, garbage.length)));
        Fetched inPieces = Fetched.of(garbage, pieces);
        assertThat(inPieces.body()).isEqualTo(atOnce.body());
        assertThat(inPieces.error()).isEqualTo(atOnce.error());
        assertThat(inPieces.head()).isEqualTo(atOnce.head());
        assertThat(atOnce.error() == null || atOnce.error().lines().count() == 1)
                .isTrue();
    }

    @Property
    void textOnATerminalIsTheSameHoweverItIsCut(
            @ForAll("texts") byte[] text,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 9) Integer> pieces) {
        String atOnce = shown(text, List.of(Math.max(1, text.length)));
        assertThat(shown(text, pieces)).isEqualTo(atOnce);
        assertThat(atOnce.isEmpty() || atOnce.endsWith("\n")).isTrue();
        assertThat(atOnce.chars().filter(c -> c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c <= 0x9f))
                .isEmpty();
    }

    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.of("a", "é", "✓", "😀", "\r\n", "\n", "\r", "\t", "\u001b", "\u009b", "\u202e")
                        .list()
                        .ofMaxSize(20)
                        .map(words -> String.join("", words).getBytes(StandardCharsets.UTF_8)));
    }

    private static String shown(byte[] text, List<Integer> pieces) {
        TestConsole console = new TestConsole();
        BodySink sink = new BodySink.Text(console.console().out());
        int piece = 0;
        for (int at = 0; at < text.length; ) {
            int count = Math.min(text.length - at, pieces.get(piece++ % pieces.size()));
            sink.take(ByteBuffer.wrap(text, at, count));
            at += count;
        }
        sink.end();
        return console.out();
    }
}
