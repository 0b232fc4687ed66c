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

/** A capture file made by hand: raw IPv4 between 127.0.0.1 and itself, a packet each millisecond. */
public final class RawPcap {
    private static final int LINKTYPE_RAW = 101;
    private static final int SIMPLE_PACKET = 3;
    private static final int IF_TSRESOL = 9;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int CLIENT_START = 1_000;
    private static final int SERVER_START = 5_000;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int packets;

    public RawPcap() {
        add(ByteBuffer.allocate(24)
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
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer udp = ByteBuffer.allocate(UDP_BYTES + payload.length)
                .putShort((short) from)
                .putShort((short) to)
                .putShort((short) (UDP_BYTES + payload.length))
                .putShort((short) 0)
                .put(payload);
        return ip(17, udp.array());
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
        return ip(6, tcp.array());
    }

    private RawPcap ip(int protocol, byte[] payload) {
        int length = IP_BYTES + payload.length;
        add(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1_000_000 + packets / 1_000)
                .putInt(packets % 1_000 * 1_000)
                .putInt(length)
                .putInt(length));
        add(ByteBuffer.allocate(length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) length)
                .putInt(0)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(0x7f000001)
                .putInt(0x7f000001)
                .put(payload));
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
