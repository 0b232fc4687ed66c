package netlabs.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer as a client reads it.
 *
 * @param line the status line
 * @param fields as they stand there, in their order, without Date
 * @param date the value of Date
 * @param body a byte is a character
 */
record Reading(String line, List<String> fields, String date, String body) {
    /** Reads an answer to a client of HTTP/1.1 that may go on, and closes its file. */
    static Reading of(Answer answer) throws IOException {
        return of(answer, false, true);
    }

    static Reading of(Answer answer, boolean close, boolean isHttp11) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(answer.room());
        answer.putHead(out, close, isHttp11);
        String start = new String(out.array(), 0, out.position(), StandardCharsets.ISO_8859_1);
        int end = start.indexOf("\r\n\r\n");
        String[] lines = start.substring(0, end).split("\r\n");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(Decoding.bytes(start.substring(end + 4)));
        if (answer.body() instanceof Body.Segments segments) {
            try (OpenFile file = segments.file()) {
                for (Body.Segment segment : segments.segments()) {
                    ByteBuffer bytes = segment instanceof Body.Memory memory
                            ? memory.content().duplicate()
                            : ByteBuffer.allocate((int) segment.length());
                    if (segment instanceof Body.Section section) {
                        file.read(bytes, section.range().first());
                        bytes.flip();
                    }
                    byte[] content = new byte[bytes.remaining()];
                    bytes.get(content);
                    body.writeBytes(content);
                }
            }
        }
        List<String> fields = List.of(lines).subList(1, lines.length);
        String date = fields.stream()
                .filter(field -> field.startsWith("Date: "))
                .findFirst()
                .map(field -> field.substring("Date: ".length()))
                .orElse(null);
        return new Reading(
                lines[0],
                fields.stream().filter(field -> !field.startsWith("Date: ")).toList(),
                date,
                body.toString(StandardCharsets.ISO_8859_1));
    }

    int status() {
        return Integer.parseInt(line.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    /**
     * @return the only value of a field; null: there is no such field
     */
    String field(String name) {
        List<String> found =
                fields.stream().filter(field -> field.startsWith(name + ": ")).toList();
        if (found.size() > 1) {
            throw new AssertionError("twice: " + found);
        }
        return found.isEmpty() ? null : found.get(0).substring(name.length() + 2);
    }
}
