package netlabs.capture.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a capture file by hand, number by number. */
public final class CaptureBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    public static CaptureBytes in(ByteOrder order) {
        return new CaptureBytes(order);
    }

    /** The header of a pcap file. */
    public CaptureBytes pcap(int magic, int linkType) {
        return int32(magic).int16(2).int16(4).int32(0).int32(0).int32(262_144).int32(linkType);
    }

    /** A packet of a pcap file. */
    public CaptureBytes record(int seconds, int fraction, int length, byte[] captured) {
        return int32(seconds)
                .int32(fraction)
                .int32(captured.length)
                .int32(length)
                .raw(captured);
    }

    /** A block of a pcapng file, filled up to whole words. */
    public CaptureBytes block(int type, CaptureBytes body) {
        byte[] content = body.toBytes();
        int padding = -content.length & 3;
        int length = 12 + content.length + padding;
        return int32(type).int32(length).raw(content).raw(new byte[padding]).int32(length);
    }

    /** The block that begins a section. */
    public CaptureBytes section() {
        return block(
                0x0a0d_0d0a,
                in(order).int32(0x1a2b_3c4d).int16(1).int16(0).int32(-1).int32(-1));
    }

    /** The block of an interface, with one option. */
    public CaptureBytes description(int linkType, int snapLength, int option, byte... value) {
        CaptureBytes body = in(order).int16(linkType).int16(0).int32(snapLength);
        body.int16(option).int16(value.length).raw(value).raw(new byte[-value.length & 3]);
        return block(1, body.int16(0).int16(0));
    }

    /** An enhanced packet block. */
    public CaptureBytes packet(int from, long units, int length, byte[] captured) {
        CaptureBytes body = in(order).int32(from).int32((int) (units >>> 32)).int32((int) units);
        return block(6, body.int32(captured.length).int32(length).raw(captured));
    }

    public CaptureBytes int16(int value) {
        return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    public CaptureBytes int32(int value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    public CaptureBytes raw(byte... value) {
        bytes.writeBytes(value);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
