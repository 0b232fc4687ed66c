package netlabs.capture.file;

import java.io.IOException;

/**
 * pcap: a file header of 24 bytes, then a record header of 16 bytes before each packet, in the byte order of the machine
 * that wrote it, with micro- or nanoseconds (draft-ietf-opsawg-pcap §4, §5).
 */
final class PcapReader extends CaptureReader {
    private static final int MICROSECONDS = 0xa1b2_c3d4;
    private static final int NANOSECONDS = 0xa1b2_3c4d;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;

    private final int nanosPerUnit;
    private int previous;

    PcapReader(Input in, String name) throws IOException {
        super(in, name);
        boolean isSwapped = in.int32(0) != MICROSECONDS && in.int32(0) != NANOSECONDS;
        in.setBigEndian(isSwapped);
        if (in.available(FILE_HEADER_BYTES) < FILE_HEADER_BYTES) {
            throw malformed(0, "the file header is cut off");
        }
        if (in.uint16(4) != 2) {
            throw malformed(4, "version " + in.uint16(4) + " of pcap is not known");
        }
        nanosPerUnit = in.int32(0) == NANOSECONDS ? 1 : 1_000;
        linkType = in.int32(20) & 0xffff; // above it, what the link adds to each packet
        in.advance(FILE_HEADER_BYTES);
    }

    /** Whether a file of this format begins here; 4 bytes are there, taken as little-endian. */
    static boolean isMagic(Input in) {
        int magic = in.int32(0);
        int swapped = Integer.reverseBytes(magic);
        return magic == MICROSECONDS || magic == NANOSECONDS || swapped == MICROSECONDS || swapped == NANOSECONDS;
    }

    @Override
    boolean read() throws IOException {
        in.advance(previous);
        previous = 0;
        int there = in.available(RECORD_HEADER_BYTES);
        if (there < RECORD_HEADER_BYTES) {
            if (there == 0) {
                return false;
            }
            throw malformed(in.offset(), "the file ends within the header of a packet");
        }
        int captured = in.int32(8);
        if (captured < 0 || captured > LONGEST_PACKET) {
            throw malformed(in.offset(), "a packet of " + in.uint32(8) + " bytes, more than " + LONGEST_PACKET);
        }
        if (in.available(RECORD_HEADER_BYTES + captured) < RECORD_HEADER_BYTES + captured) {
            throw malformed(in.offset(), "the file ends within a packet of " + captured + " bytes");
        }
        timeNanos = in.uint32(0) * 1_000_000_000 + in.uint32(4) * nanosPerUnit;
        capturedLength = captured;
        length = in.int32(12) < 0 ? Integer.MAX_VALUE : in.int32(12);
        at = in.start() + RECORD_HEADER_BYTES;
        previous = RECORD_HEADER_BYTES + captured;
        return true;
    }
}
