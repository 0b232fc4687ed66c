package netlabs.capture.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * pcapng: blocks, each with its type before it and its length at both ends (draft-ietf-opsawg-pcapng §3, §4). A section
 * has a byte order and interfaces of its own; an interface has a link type and a unit of time of its own. Blocks of other
 * types than those of packets are passed over.
 */
final class PcapNgReader extends CaptureReader {
    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
    private static final int SHORTEST_BLOCK = 12;
    /** Of one that has to be in memory: an interface with all its options. */
    private static final int LONGEST_DESCRIPTION = 1 << 20;

    private static final int MOST_INTERFACES = 65_536;

    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    private final List<Interface> interfaces = new ArrayList<>();
    /** Of the block that the last packet is in: where it begins, how long it is and how much is left of it. */
    private long block;

    private long blockLength;
    private long rest;

    /** Where a packet's link type and time stamp are explained. */
    private record Interface(int linkType, long snapLength, int resolution, long offsetSeconds) {
        /**
         * @param units since 1970-01-01 UTC; the option's high bit: of 2^-n seconds, else of 10^-n (§4.2)
         */
        long nanos(long units) {
            int exponent = resolution & 0x7f;
            long nanos;
            if ((resolution & 0x80) != 0) {
                long fraction = exponent == 0 ? 0 : units << 64 - exponent; // of a second, in 2^-64
                long whole = exponent == 0 ? units : units >>> exponent;
                nanos = whole * 1_000_000_000 + Math.multiplyHigh(fraction >>> 1, 2_000_000_000);
            } else if (exponent <= 9) {
                nanos = units * powerOfTen(9 - exponent);
            } else {
                nanos = Long.divideUnsigned(units, powerOfTen(exponent - 9));
            }
            return nanos + offsetSeconds * 1_000_000_000;
        }

        private static long powerOfTen(int exponent) {
            long power = 1;
            for (int i = 0; i < exponent; i++) {
                power *= 10;
            }
            return power;
        }
    }

    PcapNgReader(Input in, String name) throws IOException {
        super(in, name);
        beginBlock();
        readSection();
        endBlock();
    }

    @Override
    boolean read() throws IOException {
        endBlock();
        while (beginBlock()) {
            int type = in.int32(0);
            switch (type) {
                case SECTION_HEADER -> readSection();
                case INTERFACE_DESCRIPTION -> readInterface();
                case SIMPLE_PACKET -> readSimplePacket();
                case ENHANCED_PACKET, OBSOLETE_PACKET -> readPacket(type == ENHANCED_PACKET);
                default -> pass(8);
            }
            if (type == SIMPLE_PACKET || type == ENHANCED_PACKET || type == OBSOLETE_PACKET) {
                return true;
            }
            endBlock();
        }
        return false;
    }

    /**
     * @return false at the end of the file
     */
    private boolean beginBlock() throws IOException {
        block = in.offset();
        int there = in.available(SHORTEST_BLOCK);
        if (there == 0) {
            return false;
        }
        if (there < SHORTEST_BLOCK) {
            throw malformed(block, "the file ends within the header of a block");
        }
        if (in.int32(0) == SECTION_HEADER) {
            // Its length is in the byte order that it tells itself.
            in.setBigEndian(false);
            boolean isBigEndian = in.int32(8) == Integer.reverseBytes(BYTE_ORDER_MAGIC);
            if (!isBigEndian && in.int32(8) != BYTE_ORDER_MAGIC) {
                throw malformed(block + 8, "a section without its byte-order magic");
            }
            in.setBigEndian(isBigEndian);
        }
        blockLength = in.uint32(4);
        if (blockLength < SHORTEST_BLOCK || blockLength % 4 != 0) {
            throw malformed(block + 4, "a block of " + blockLength + " bytes");
        }
        rest = blockLength;
        return true;
    }

    /** Goes behind the block: its length is there once more. */
    private void endBlock() throws IOException {
        if (rest == 0) {
            return;
        }
        long body = rest - 4;
        rest = 0;
        if (!in.skip(body) || in.available(4) < 4) {
            throw malformed(block, "the file ends within a block of " + blockLength + " bytes");
        }
        if (in.uint32(0) != blockLength) {
            throw malformed(
                    in.offset(), "a block of " + blockLength + " bytes whose end says " + in.uint32(0) + " bytes");
        }
        in.advance(4);
    }

    private void readSection() throws IOException {
        want(24, "the header of a section");
        if (in.uint16(12) != 1) {
            throw malformed(block + 12, "version " + in.uint16(12) + " of pcapng is not known");
        }
        interfaces.clear();
        pass(24);
    }

    private void readInterface() throws IOException {
        if (blockLength > LONGEST_DESCRIPTION || interfaces.size() == MOST_INTERFACES) {
            throw malformed(
                    block, "an interface description of " + blockLength + " bytes, the " + interfaces.size() + "th");
        }
        int end = (int) blockLength - 4;
        want(end, "an interface description");
        want(16, "an interface description");
        int resolution = 6;
        long offsetSeconds = 0;
        for (int at = 16; at + 4 <= end; ) {
            int code = in.uint16(at);
            int size = in.uint16(at + 2);
            if (code == 0) {
                break;
            }
            if (at + 4 + size > end) {
                throw malformed(block + at, "an option of " + size + " bytes that leaves its block");
            }
            if (code == OPTION_RESOLUTION && size == 1) {
                resolution = in.buffer()[in.start() + at + 4];
                if ((resolution & 0x7f) > ((resolution & 0x80) != 0 ? 63 : 27)) {
                    throw malformed(block + at, "time stamps of a unit that is not known");
                }
            } else if (code == OPTION_OFFSET && size == 8) {
                long first = in.uint32(at + 4);
                long second = in.uint32(at + 8);
                offsetSeconds = in.isBigEndian() ? first << 32 | second : second << 32 | first;
            }
            at += 4 + (size + 3 & ~3);
        }
        interfaces.add(new Interface(in.uint16(8), in.uint32(12), resolution, offsetSeconds));
        pass(end);
    }

    /** The older form has 16 bits for the interface and 16 for packets that were lost. */
    private void readPacket(boolean isEnhanced) throws IOException {
        want(28, "the header of a packet");
        Interface source = source(isEnhanced ? in.uint32(8) : in.uint16(8));
        interfaceNumber = (int) (isEnhanced ? in.uint32(8) : in.uint16(8));
        setPacket(28, in.uint32(20), in.uint32(24));
        linkType = source.linkType;
        timeNanos = source.nanos(in.uint32(12) << 32 | in.uint32(16));
        hasTime = true;
        pass(28 + capturedLength);
    }

    /** Without a time stamp; of the first interface, whose limit says how much of it is there. */
    private void readSimplePacket() throws IOException {
        want(12, "the header of a packet");
        Interface source = source(0);
        interfaceNumber = 0;
        long captured = in.uint32(8);
        if (source.snapLength > 0) {
            captured = Math.min(captured, source.snapLength);
        }
        setPacket(12, captured, in.uint32(8));
        linkType = source.linkType;
        timeNanos = 0;
        hasTime = false;
        pass(12 + capturedLength);
    }

    private Interface source(long number) {
        if (number >= interfaces.size()) {
            throw malformed(block, "a packet of interface " + number + ", and there are " + interfaces.size());
        }
        return interfaces.get((int) number);
    }

    private void setPacket(int header, long captured, long original) throws IOException {
        if (captured > LONGEST_PACKET) {
            throw malformed(block, "a packet of " + captured + " bytes, more than " + LONGEST_PACKET);
        }
        want(header + (int) captured, "a packet of " + captured + " bytes");
        capturedLength = (int) captured;
        length = (int) Math.min(original, Integer.MAX_VALUE);
        at = in.start() + header;
    }

    /** The block has {@code count} bytes before its end, and they are there. */
    private void want(int count, String what) throws IOException {
        if (count > blockLength - 4) {
            throw malformed(block, "a block of " + blockLength + " bytes, too short for " + what);
        }
        if (in.available(count) < count) {
            throw malformed(block, "the file ends within a block of " + blockLength + " bytes");
        }
    }

    private void pass(int count) {
        in.advance(count);
        rest -= count;
    }
}
