package netlabs.capture.analysis;

/** The control bits of a TCP header (RFC 9293 §3.1). */
public final class TcpFlags {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;
    public static final int AE = 0x100;

    private static final String[] NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};

    private TcpFlags() {}

    /**
     * @return the names of those that are set, as tshark writes them: {@code SYN, ACK}; {@code None} if none is
     */
    public static String text(int flags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                text.append(text.length() == 0 ? "" : ", ").append(NAMES[bit]);
            }
        }
        return text.length() == 0 ? "None" : text.toString();
    }
}
