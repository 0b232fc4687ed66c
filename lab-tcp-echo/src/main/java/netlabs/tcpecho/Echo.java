package netlabs.tcpecho;

import java.net.InetSocketAddress;
import java.util.List;
import netlabs.common.console.Transcript;

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

  @Override
  void serverReplies(Transcript out, String message, String reply, InetSocketAddress client) {
    out.line("Received: " + message);
    out.line("Sent: " + reply);
  }

  @Override
  void clientSends(Transcript out, String message) {
    out.line("Sent: " + message);
  }

  @Override
  void clientReceived(Transcript out, String text) {
    out.line("Received: " + text);
  }
}
