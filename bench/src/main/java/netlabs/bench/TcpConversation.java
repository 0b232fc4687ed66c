package netlabs.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The frames of a TCP connection that there never was, one after the other, as Linux would send them (RFC 9293, RFC 7323):
 * handshake; a line from the client, its ACK, a line from the server, its ACK, and so on; both ends close. Lengths,
 * sequence numbers and checksums (RFC 1071) are right.
 */
final class TcpConversation {
    /** Handshake and close. */
    static final int FEWEST_FRAMES = 7;

    private static final int MOST_PAYLOAD_BYTES = 128;
    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 20;
    private static final int SYN_OPTIONS_BYTES = 20;
    private static final int OPTIONS_BYTES = 12;

    static final int LONGEST_FRAME =
            ETHERNET_BYTES + IP_BYTES + TCP_BYTES + Math.max(SYN_OPTIONS_BYTES, OPTIONS_BYTES + MOST_PAYLOAD_BYTES);

    private static final int HANDSHAKE = 3;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final int TCP = 6;
    private static final int CLIENT = 0;
    private static final int SERVER = 1;

    /** By side. */
    private static final int[] HOSTS = {0x0a00_0301, 0x0a00_0302}; // 10.0.3.1, 10.0.3.2

    private static final int SERVER_PORT = 5005;

    private final int frames;
    private final SplittableRandom random;
    private final int[] ports;
    private final int[] sequence;
    private final int[] identification;
    private int sent;

    /**
     * @param clientPort of the client, which tells it from others
     * @param frames how many there are, at least {@link #FEWEST_FRAMES}
     * @param random for what differs from one connection to the other
     */
    TcpConversation(int clientPort, int frames, SplittableRandom random) {
        this.frames = frames;
        this.random = random;
        this.ports = new int[] {clientPort, SERVER_PORT};
        this.sequence = new int[] {random.nextInt(), random.nextInt()};
        this.identification = new int[] {random.nextInt(), random.nextInt()};
    }

    /** Whether both ends have closed it. */
    boolean isOver() {
        return sent == frames;
    }

    /**
     * Makes the next frame.
     *
     * @param micros what time it is
     * @param frame has room for {@link #LONGEST_FRAME}, and has the frame then, from its position to its limit
     */
    void next(long micros, ByteBuffer frame) {
        int step = sent < HANDSHAKE ? sent : (sent - HANDSHAKE) % 4;
        int left = frames - sent++;
        if (sent <= HANDSHAKE) {
            // SYN, SYN-ACK, ACK
            put(step == 1 ? SERVER : CLIENT, (step < 2 ? SYN : 0) | (step > 0 ? ACK : 0), 0, micros, frame);
        } else if (left <= 4) {
            // FIN-ACK, ACK, FIN-ACK, ACK
            put(left == 3 || left == 2 ? SERVER : CLIENT, left % 2 == 0 ? FIN | ACK : ACK, 0, micros, frame);
        } else {
            boolean isData = step % 2 == 0;
            int length = isData ? 1 + random.nextInt(MOST_PAYLOAD_BYTES) : 0;
            put(step == 1 || step == 2 ? SERVER : CLIENT, isData ? PSH | ACK : ACK, length, micros, frame);
        }
    }

    private void put(int from, int flags, int payload, long micros, ByteBuffer frame) {
        int to = 1 - from;
        boolean isSyn = (flags & SYN) != 0;
        int tcpBytes = TCP_BYTES + (isSyn ? SYN_OPTIONS_BYTES : OPTIONS_BYTES);
        frame.clear();
        putMac(to, frame);
        putMac(from, frame);
        frame.putShort((short) 0x0800);

        frame.putShort((short) 0x4500).putShort((short) (IP_BYTES + tcpBytes + payload));
        frame.putShort((short) ++identification[from]).putShort((short) 0x4000); // do not fragment
        frame.put((byte) 64).put((byte) TCP).putShort((short) 0);
        frame.putInt(HOSTS[from]).putInt(HOSTS[to]);

        frame.putShort((short) ports[from]).putShort((short) ports[to]);
        frame.putInt(sequence[from]).putInt((flags & ACK) == 0 ? 0 : sequence[to]);
        frame.put((byte) (tcpBytes / 4 << 4)).put((byte) flags);
        frame.putShort((short) (isSyn ? 64_240 : 502)).putInt(0);
        if (isSyn) {
            frame.putInt(0x0204_05b4).putShort((short) 0x0402); // longest segment 1460, selective ACKs
        } else {
            frame.putShort((short) 0x0101);
        }
        int millis = (int) (micros / 1000);
        frame.putShort((short) 0x080a).putInt(millis).putInt((flags & ACK) == 0 ? 0 : millis);
        if (isSyn) {
            frame.putInt(0x0103_0307); // windows in units of 128
        }
        int first = random.nextInt(26);
        for (int i = 1; i < payload; i++) {
            frame.put((byte) ('a' + (first + i) % 26));
        }
        if (payload > 0) {
            frame.put((byte) '\n');
        }
        frame.flip();

        int tcp = ETHERNET_BYTES + IP_BYTES;
        frame.putShort(ETHERNET_BYTES + 10, checksum(frame, ETHERNET_BYTES, tcp, 0));
        // The addresses are in TCP's checksum, too.
        frame.putShort(tcp + 16, checksum(frame, ETHERNET_BYTES + 12, frame.limit(), TCP + tcpBytes + payload));
        sequence[from] += payload + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    }

    /** A locally administered one. */
    private static void putMac(int side, ByteBuffer frame) {
        frame.putShort((short) 0x0200).putInt(1 + side);
    }

    private static short checksum(ByteBuffer frame, int from, int to, int more) {
        int sum = more;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        if (at < to) {
            sum += (frame.get(at) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
