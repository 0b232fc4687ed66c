package netlabs.tcpecho;

import java.util.List;
import netlabs.common.echo.EchoDialogue;

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
    public String objection(byte[] message, byte[] reply) {
        String objection = super.objection(message, reply);
        return objection == null ? new EchoDialogue().objection(message, reply) : objection;
    }

    @Override
    List<String> sample() {
        return List.of("hello");
    }
}
