package netlabs.capture.flow;

import java.net.InetSocketAddress;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpFlags;
import netlabs.common.net.SocketAddresses;

/** What is written of a frame, the same in the list and in the ladder. */
public final class FrameText {
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private FrameText() {}

    /**
     * @return seconds with microseconds, cut: {@code 0.001225}; empty of {@link Frame#NO_TIME}
     */
    public static String seconds(long nanos) {
        StringBuilder text = new StringBuilder();
        appendSeconds(text, nanos);
        return text.toString();
    }

    /** As {@link #seconds}, into {@code text}. */
    public static void appendSeconds(StringBuilder text, long nanos) {
        if (nanos == Frame.NO_TIME) {
            return;
        }
        long micros = nanos / NANOS_PER_MICRO;
        if (micros < 0) {
            text.append('-');
            micros = -micros;
        }
        text.append(micros / MICROS_PER_SECOND).append('.');
        String fraction = Long.toString(micros % MICROS_PER_SECOND);
        for (int i = fraction.length(); i < 6; i++) {
            text.append('0');
        }
        text.append(fraction);
    }

    /**
     * @return {@code pause of 1.250 s}, {@code pause of 41.3 ms}
     */
    static String pause(long nanos) {
        boolean seconds = nanos >= 1_000_000_000;
        long thousandths = nanos / (seconds ? 1_000_000 : 1_000);
        if (seconds) {
            String fraction = Long.toString(thousandths % 1000);
            return "pause of " + thousandths / 1000 + "." + "0".repeat(3 - fraction.length()) + fraction + " s";
        }
        return "pause of " + thousandths / 1000 + "." + thousandths % 1000 / 100 + " ms";
    }

    /**
     * @return {@code SYN, ACK}; {@code UDP}; of anything else its remark
     */
    public static String kind(Frame frame) {
        return switch (frame.transport()) {
            case TCP -> TcpFlags.text(frame.flags());
            case UDP -> "UDP";
            case OTHER -> frame.remark().isEmpty() ? "unknown" : frame.remark();
        };
    }

    /**
     * @return {@code Seq=0 Ack=1 Len=0}, Ack only with the flag; {@code Len=12} of UDP; {@code 60 bytes} of anything else
     */
    public static String numbers(Frame frame) {
        StringBuilder text = new StringBuilder();
        appendNumbers(text, frame, false);
        return text.toString();
    }

    /** As {@link #numbers}, into {@code text}; with the window if {@code window}. */
    public static void appendNumbers(StringBuilder text, Frame frame, boolean window) {
        if (frame.transport() == Frame.Transport.OTHER) {
            text.append(frame.length()).append(frame.length() == 1 ? " byte" : " bytes");
            return;
        }
        if (frame.transport() == Frame.Transport.TCP) {
            text.append("Seq=").append(frame.sequence()).append(' ');
            if ((frame.flags() & TcpFlags.ACK) != 0) {
                text.append("Ack=").append(frame.acknowledgment()).append(' ');
            }
            if (window) {
                text.append("Win=").append(frame.window()).append(' ');
            }
        }
        text.append("Len=").append(frame.payloadLength());
    }

    /**
     * @return what is remarkable, separated by commas: {@code retransmission, window full}; mostly empty
     */
    public static String marks(Frame frame) {
        boolean isRemarked =
                frame.transport() != Frame.Transport.OTHER && !frame.remark().isEmpty();
        if (!isRemarked && frame.marks().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (isRemarked) {
            text.append(frame.remark());
        }
        for (Mark mark : Mark.values()) { // not in the order of a set that may have none
            if (frame.marks().contains(mark) && !isSaidBy(frame, mark)) {
                text.append(text.length() == 0 ? "" : ", ").append(mark.text());
            }
        }
        return text.toString();
    }

    /** A fast retransmission is one; it need not be said twice. */
    private static boolean isSaidBy(Frame frame, Mark mark) {
        return mark == Mark.RETRANSMISSION
                && (frame.marks().contains(Mark.FAST_RETRANSMISSION)
                        || frame.marks().contains(Mark.SPURIOUS_RETRANSMISSION));
    }

    /**
     * @return {@code ('127.0.0.1', 5005)}; without ports {@code 10.0.3.1}; empty if it is no IP packet
     */
    public static String address(Frame.Transport transport, InetSocketAddress address) {
        if (address == null) {
            return "";
        }
        return transport == Frame.Transport.OTHER
                ? SocketAddresses.host(address.getAddress())
                : SocketAddresses.tuple(address);
    }

    /**
     * @param arrow between sender and receiver
     * @return a frame in one line: {@code 10.0.3.1 → 10.0.3.2 ICMP, 84 bytes}; {@code ARP, 42 bytes}
     */
    static String note(Frame frame, String arrow) {
        String source = address(frame.transport(), frame.source());
        String destination = address(frame.transport(), frame.destination());
        String between =
                source.isEmpty() && destination.isEmpty() ? "" : source + " " + arrow + " " + destination + " ";
        String marks = marks(frame);
        return between + kind(frame) + ", " + numbers(frame) + (marks.isEmpty() ? "" : " [" + marks + "]");
    }

    /**
     * @return {@code 1 frame}, {@code 12,345 frames}
     */
    static String count(long number, String what) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        for (int i = text.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.append(' ').append(what).append(number == 1 ? "" : "s").toString();
    }
}
