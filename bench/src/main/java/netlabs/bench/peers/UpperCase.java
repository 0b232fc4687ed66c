package netlabs.bench.peers;

/** The udp suite's exercise: ASCII letters in upper case, all other bytes as they are. */
final class UpperCase {
    private UpperCase() {}

    static byte of(byte letter) {
        return letter >= 'a' && letter <= 'z' ? (byte) (letter - 'a' + 'A') : letter;
    }
}
