package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers, right and wrong, to the one request before the load. */
@Timeout(60)
class HttpCheckTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length:  5 \r\n\r\n";

    @TempDir
    private Path folder;

    /** Asks a server that answers so and closes. */
    private long ask(String answer) throws Exception {
        HttpFile file = new HttpFile(Files.writeString(folder.resolve("5B.bin"), "hello"), 5);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serve(listener, answer));
            try {
                return new HttpCheck(listener.getLocalPort(), file).answerBytes();
            } finally {
                assertThat(request.get())
                        .isEqualTo("GET /5B.bin HTTP/1.1\r\nHost: 127.0.0.1:" + listener.getLocalPort() + "\r\n\r\n");
            }
        }
    }

    private static String serve(ServerSocket listener, String answer) {
        try (Socket client = listener.accept()) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) client.getInputStream().read());
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return request.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void fails(String answer, String message) {
        assertThatThrownBy(() -> ask(answer))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage(message);
    }

    @Test
    void theLengthOfTheWholeAnswerIsKnownAfterwards() throws Exception {
        assertThat(ask(HEAD + "hello")).isEqualTo(HEAD.length() + 5);
    }

    @Test
    void anotherAnswerIsNone() {
        fails(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello",
                "GET /5B.bin is answered by HTTP/1.1 404 Not Found");
        fails("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "GET /5B.bin is answered by HTTP/1.0 200 OK");
        fails(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
                "it closes the connection after each answer");
        fails(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "the answer has no Content-Length: 5, it has [Transfer-Encoding: chunked, ]");
    }

    @Test
    void everyByteIsCompared() {
        fails(HEAD + "hellO", "the body differs from the file at byte 4 of 5");
        fails(HEAD + "hel", "the body differs from the file at byte 3 of 5");
    }

    @Test
    void anAnswerThatEndsTooEarlyIsSaid() {
        fails("HTTP/1.1 200 OK\r\n", "GET /5B.bin: no end of the head in 17 bytes of an answer");
        fails("", "GET /5B.bin: no end of the head in 0 bytes of an answer");
    }
}
