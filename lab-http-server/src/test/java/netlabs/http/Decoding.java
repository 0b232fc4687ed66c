package netlabs.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link RequestDecoder} makes of a stream that comes in pieces.
 *
 * @param requests each as its line, with {@code , close} behind it where the connection ends with it
 * @param refused the status that ends it; null: it was not refused
 * @param why the sentence of the refusal
 * @param inside whether it ends in the middle of a request
 * @param continues how often {@code 100 Continue} was due
 * @param closed whether what comes now is not understood
 */
record Decoding(List<String> requests, Status refused, String why, boolean inside, int continues, boolean closed) {
    /** The longest body that these decoders read. */
    static final int MAX_BODY = 1_000;

    /** A byte of {@code stream} is a character of it; it comes at once. */
    static Decoding of(String stream) {
        return of(bytes(stream), List.of(Math.max(1, stream.length())));
    }

    /**
     * @param pieces the lengths of the pieces, over and over
     */
    static Decoding of(byte[] stream, List<Integer> pieces) {
        RequestDecoder decoder = new RequestDecoder(MAX_BODY);
        List<String> requests = new ArrayList<>();
        int continues = 0;
        int piece = 0;
        for (int start = 0; start < stream.length; ) {
            int count = Math.min(stream.length - start, pieces.get(piece++ % pieces.size()));
            ByteBuffer bytes = ByteBuffer.wrap(stream, start, count);
            try {
                while (decoder.next(bytes)) {
                    requests.add(decoder.request().line() + (decoder.request().keepsAlive() ? "" : ", close"));
                }
            } catch (RefusedException e) {
                return new Decoding(
                        requests, e.status(), e.getMessage(), decoder.isInside(), continues, decoder.isClosed());
            }
            if (bytes.hasRemaining()) {
                throw new AssertionError("bytes were left: " + bytes);
            }
            continues += decoder.isContinueDue() ? 1 : 0;
            start += count;
        }
        return new Decoding(requests, null, null, decoder.isInside(), continues, decoder.isClosed());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first request of {@code stream}. */
    static Request request(String stream) {
        RequestDecoder decoder = new RequestDecoder(MAX_BODY);
        try {
            if (!decoder.next(ByteBuffer.wrap(bytes(stream)))) {
                throw new AssertionError("not a whole request: " + stream);
            }
        } catch (RefusedException e) {
            throw new AssertionError(e.status() + ", " + e.getMessage() + ": " + stream, e);
        }
        return decoder.request();
    }

    /** A GET of HTTP/1.1 with these field lines. */
    static Request get(String target, String... fields) {
        return request("GET", target, fields);
    }

    static Request request(String method, String target, String... fields) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return request(text.append("\r\n").toString());
    }
}
