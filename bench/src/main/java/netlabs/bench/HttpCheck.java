package netlabs.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One request as wrk sends it, and a look at all that wrk does not look at: the status, whether the connection stays
 * open, and every byte of the body.
 *
 * @param port where the server listens
 * @param file what it is asked for
 */
record HttpCheck(int port, HttpFile file) {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int BLOCK_BYTES = 64 << 10;

    /**
     * @return the length of the answer in bytes, head and body
     * @throws TrialFailedException if it is not the right one
     * @throws IOException if the file cannot be read
     */
    long answerBytes() throws TrialFailedException, IOException {
        try (InputStream expected = Files.newInputStream(file.path())) {
            return answerBytes(expected);
        }
    }

    private long answerBytes(InputStream expected) throws TrialFailedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + file.target() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream(), BLOCK_BYTES);
            String head = head(in);
            checkHead(head.lines().toList());
            checkBody(in, expected);
            return head.length() + file.bytes();
        } catch (IOException e) {
            throw new TrialFailedException("GET " + file.target() + ": " + e.getMessage());
        }
    }

    /** A character for each byte, with the empty line behind it. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0 || head.length() == MAX_HEAD_BYTES) {
                throw new EOFException("no end of the head in " + head.length() + " bytes of an answer");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void checkHead(List<String> lines) throws TrialFailedException {
        if (!lines.get(0).startsWith("HTTP/1.1 200")) {
            throw new TrialFailedException("GET " + file.target() + " is answered by " + lines.get(0));
        }
        List<String> fields = lines.stream().map(HttpCheck::withoutBlanks).toList();
        if (fields.contains("connection:close")) {
            throw new TrialFailedException("it closes the connection after each answer");
        }
        if (!fields.contains("content-length:" + file.bytes())) {
            throw new TrialFailedException(
                    "the answer has no Content-Length: " + file.bytes() + ", it has " + lines.subList(1, lines.size()));
        }
    }

    private static String withoutBlanks(String line) {
        return line.replaceAll("[ \t]", "").toLowerCase(Locale.ROOT);
    }

    private void checkBody(InputStream in, InputStream expected) throws IOException, TrialFailedException {
        for (long at = 0; at < file.bytes(); at += BLOCK_BYTES) {
            byte[] wanted = expected.readNBytes(BLOCK_BYTES);
            byte[] came = in.readNBytes(wanted.length);
            int mismatch = Arrays.mismatch(wanted, came);
            if (mismatch >= 0) {
                throw new TrialFailedException(
                        "the body differs from the file at byte " + (at + mismatch) + " of " + file.bytes());
            }
        }
    }
}
