package netlabs.tcpecho;

import java.util.List;

/** A message that contains the secret code is answered with its digits and their number. */
final class Secret extends Exercise {
    private static final String CODE = "SECRET";

    /** Only the ten ASCII digits count; the code is matched in upper case only. */
    @Override
    String reply(String message) {
        if (!message.contains(CODE)) {
            return "Secret code not found.";
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        int count = digits.length();
        return "Digits: " + digits + (count == 0 ? "" : " ") + "Count: " + count;
    }

    /** The words of the command line are one message. */
    @Override
    List<String> messages(List<String> arguments) {
        return arguments.isEmpty() ? arguments : List.of(String.join(" ", arguments));
    }

    @Override
    List<String> sample() {
        return List.of("123Ted", "32is", "343SECRET", "cool");
    }
}
