package netlabs.tcpecho;

import java.util.List;

/** The bytes come back as they are, malformed UTF-8 and CRLF included. */
final class Echo extends Exercise {
    @Override
    byte[] reply(byte[] message) {
        return message;
    }

    @Override
    String reply(String message) {
        return message;
    }

    @Override
    boolean keepsEnding() {
        return true;
    }

    @Override
    List<String> sample() {
        return List.of("hello");
    }
}
