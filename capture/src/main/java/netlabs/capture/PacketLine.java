package netlabs.capture;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frame.Transport;
import netlabs.capture.flow.Excerpt;
import netlabs.capture.flow.FrameText;
import netlabs.common.console.Printable;

/**
 * A frame as one line, as tshark's summary has it: number, seconds since the first frame, sender, receiver, protocol,
 * flags, numbers, what is remarkable.
 *
 * <pre>    4   0.001225 ('127.0.0.1', 33848) → ('127.0.0.1', 6789)  TCP [PSH, ACK] Seq=1 Ack=1 Win=65536 Len=69</pre>
 */
final class PacketLine {
    private static final int NUMBER_COLUMNS = 5;
    private static final int TIME_COLUMNS = 11;
    private static final int EXCERPT_COLUMNS = 60;

    /** A server's capture has as many addresses as clients; those that come again and again are kept. */
    private static final int KNOWN_ADDRESSES = 1024;

    private final boolean payload;
    private final Map<InetSocketAddress, String> addresses = new HashMap<>();

    /** Of an address. They grow when a longer one comes, as nobody can know what will. */
    private int columns;

    /**
     * @param payload whether its beginning is shown
     */
    PacketLine(boolean payload) {
        this.payload = payload;
    }

    /** Adds {@code frame} to {@code line}, with a newline. */
    void append(StringBuilder line, Frame frame) {
        int start = line.length();
        line.append(frame.number());
        indent(line, start, NUMBER_COLUMNS);
        line.append(' ');
        start = line.length();
        FrameText.appendSeconds(line, frame.timeNanos());
        indent(line, start, TIME_COLUMNS);
        line.append(' ');
        if (frame.source() != null && frame.destination() != null) {
            appendPadded(line, address(frame, frame.source()));
            line.append(" → ");
            appendPadded(line, address(frame, frame.destination()));
            line.append(' ');
        }
        if (frame.transport() == Transport.TCP) {
            line.append("TCP [").append(FrameText.kind(frame)).append("] ");
        } else {
            line.append(Printable.escape(FrameText.kind(frame))).append(' ');
        }
        FrameText.appendNumbers(line, frame, true);
        String marks = FrameText.marks(frame);
        if (!marks.isEmpty()) {
            line.append(" [").append(Printable.escape(marks)).append(']');
        }
        if (payload && frame.payloadLength() > 0) {
            line.append(' ').append(Excerpt.of(frame.payload(), frame.payloadLength(), EXCERPT_COLUMNS, false));
        }
        line.append('\n');
    }

    private static void indent(StringBuilder line, int start, int columns) {
        for (int i = line.length() - start; i < columns; i++) {
            line.insert(start, ' ');
        }
    }

    private void appendPadded(StringBuilder line, String text) {
        columns = Math.max(columns, text.length());
        line.append(text);
        for (int i = text.length(); i < columns; i++) {
            line.append(' ');
        }
    }

    private String address(Frame frame, InetSocketAddress address) {
        if (frame.transport() == Transport.OTHER) {
            return FrameText.address(Transport.OTHER, address);
        }
        String text = addresses.get(address);
        if (text == null) {
            if (addresses.size() >= KNOWN_ADDRESSES) {
                addresses.clear();
            }
            text = FrameText.address(frame.transport(), address);
            addresses.put(address, text);
        }
        return text;
    }
}
