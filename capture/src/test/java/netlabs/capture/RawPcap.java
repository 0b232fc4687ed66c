package netlabs.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import netlabs.capture.analysis.TcpFlags;
import netlabs.capture.file.CaptureBytes;
import netlabs.capture.file.CaptureReader;

/** A capture file made by hand: raw IP between 127.0.0.1, or ::1, and itself, a packet each millisecond. */
public final class RawPcap {
    private static final int LINKTYPE_RAW = 101;
    private static final int SIMPLE_PACKET = 3;
    private static final int IF_TSRESOL = 9;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int ICMP_BYTES = 8;
    private static final int IPV6_BYTES = 40;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int CLIENT_START = 1_000;
    private static final int SERVER_START = 5_000;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int packets;

    public RawPcap() {
        add(ByteBuffer.allocate(FILE_HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(LINKTYPE_RAW));
    }

    /** Three segments, a word each way, three segments: nine packets. */
    public RawPcap exchange(int clientPort, String word) {
        int client = CLIENT_START + 1;
        int server = SERVER_START + 1;
        int length = word.getBytes(StandardCharsets.UTF_8).length;
        return tcp(clientPort, 5005, CLIENT_START, 0, TcpFlags.SYN, "")
                .tcp(5005, clientPort, SERVER_START, client, TcpFlags.SYN | TcpFlags.ACK, "")
                .tcp(clientPort, 5005, client, server, TcpFlags.ACK, "")
                .tcp(clientPort, 5005, client, server, TcpFlags.PSH | TcpFlags.ACK, word)
                .tcp(5005, clientPort, server, client + length, TcpFlags.ACK, "")
                .tcp(5005, clientPort, server, client + length, TcpFlags.PSH | TcpFlags.ACK, word)
                .tcp(clientPort, 5005, client + length, server + length, TcpFlags.FIN | TcpFlags.ACK, "")
                .tcp(5005, clientPort, server + length, client + length + 1, TcpFlags.FIN | TcpFlags.ACK, "")
                .tcp(clientPort, 5005, client + length + 1, server + length + 1, TcpFlags.ACK, "");
    }

    public RawPcap datagram(int from, int to, String text) {
        return record(ipv4(UDP, udp(from, to, text)));
    }

    /** From ::1 to itself. */
    public RawPcap datagramOverIpv6(int from, int to, String text) {
        return record(ipv6(UDP, udp(from, to, text)));
    }

    /**
     * An ICMP message, of code 0.
     *
     * @param quoted its only packet stands behind the header
     */
    public RawPcap icmp(int type, RawPcap quoted) {
        return record(ipv4(ICMP, icmp(type, quoted.packet())));
    }

    /** The same over IPv6. */
    public RawPcap icmpv6(int type, RawPcap quoted) {
        return record(ipv6(ICMPV6, icmp(type, quoted.packet())));
    }

    /**
     * @return the only packet
     */
    public byte[] packet() {
        byte[] packet = bytes();
        return Arrays.copyOfRange(packet, FILE_HEADER_BYTES + RECORD_HEADER_BYTES, packet.length);
    }

    private static byte[] icmp(int type, byte[] quoted) {
        return ByteBuffer.allocate(ICMP_BYTES + quoted.length)
                .put((byte) type)
                .put(ICMP_BYTES, quoted)
                .array();
    }

    private static byte[] udp(int from, int to, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(UDP_BYTES + payload.length)
                .putShort((short) from)
                .putShort((short) to)
                .putShort((short) (UDP_BYTES + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** A segment. */
    public RawPcap tcp(int from, int to, int sequence, int acknowledgment, int flags, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer tcp = ByteBuffer.allocate(TCP_BYTES + payload.length)
                .putShort((short) from)
                .putShort((short) to)
                .putInt(sequence)
                .putInt(acknowledgment)
                .put((byte) (TCP_BYTES / 4 << 4))
                .put((byte) flags)
                .putShort((short) 65_535)
                .putInt(0)
                .put(payload);
        return record(ipv4(TCP, tcp.array()));
    }

    private static byte[] ipv4(int protocol, byte[] payload) {
        int length = IP_BYTES + payload.length;
        return ByteBuffer.allocate(length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) length)
                .putInt(0)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(0x7f000001)
                .putInt(0x7f000001)
                .put(payload)
                .array();
    }

    private static byte[] ipv6(int next, byte[] payload) {
        return ByteBuffer.allocate(IPV6_BYTES + payload.length)
                .putInt(0x6000_0000)
                .putShort((short) payload.length)
                .put((byte) next)
                .put((byte) 64)
                .putLong(0)
                .putLong(1)
                .putLong(0)
                .putLong(1)
                .put(payload)
                .array();
    }

    private RawPcap record(byte[] packet) {
        add(ByteBuffer.allocate(RECORD_HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1_000_000 + packets / 1_000)
                .putInt(packets % 1_000 * 1_000)
                .putInt(packet.length)
                .putInt(packet.length));
        add(ByteBuffer.wrap(packet));
        packets++;
        return this;
    }

    private void add(ByteBuffer bytes) {
        file.writeBytes(bytes.array());
    }

    public byte[] bytes() {
        return file.toByteArray();
    }

    /**
     * @return the same packets in Simple Packet Blocks, as pcapng
     */
    public byte[] withoutTimes() throws IOException {
        CaptureBytes simple =
                CaptureBytes.in(ByteOrder.LITTLE_ENDIAN).section().description(LINKTYPE_RAW, 0, IF_TSRESOL, (byte) 6);
        try (CaptureReader reader = CaptureReader.of(bytes())) {
            while (reader.next()) {
                byte[] packet = Arrays.copyOfRange(reader.bytes(), reader.at(), reader.at() + reader.length());
                CaptureBytes body = CaptureBytes.in(ByteOrder.LITTLE_ENDIAN).int32(packet.length);
                simple.block(SIMPLE_PACKET, body.raw(packet));
            }
        }
        return simple.toBytes();
    }

    public Path write(Path path) {
        try {
            return Files.write(path, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
