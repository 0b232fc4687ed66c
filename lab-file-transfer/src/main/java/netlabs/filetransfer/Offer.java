package netlabs.filetransfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import netlabs.common.net.MalformedMessageException;

/**
 * What the client says before each file (docs/protocols.md). Network byte order:
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  magic    4e 4c 46 54, "NLFT"
 *        4      1  version  1
 *        5      1  flags    1: resume; 2: a digest follows the file; the others are 0
 *        6      2  length   of the name, 1 to 1024
 *        8      8  size     of the file, 0 to 2^63 - 1
 *       16      n  name     UTF-8
 * </pre>
 *
 * @param name as the peer gave it: whether it may be a file's is for {@link FileName}
 * @param size in bytes
 * @param resume whether to go on where an interrupted transfer of this file ended
 * @param digest whether the file's SHA-256 follows its bytes
 */
record Offer(String name, long size, boolean resume, boolean digest) {
    /** The fixed part, in front of the name. */
    static final int HEAD_BYTES = 16;

    /** Longer than any file's name, so that a name too long can be refused in words. */
    static final int MAX_NAME_BYTES = 1024;

    private static final int MAGIC = 0x4e4c4654;
    private static final int VERSION = 1;
    private static final int RESUME = 1;
    private static final int DIGEST = 2;

    /**
     * @return the whole offer, ready to be sent
     * @throws IllegalArgumentException if the name is empty or has more than {@link #MAX_NAME_BYTES}
     */
    ByteBuffer encode() {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == 0 || utf8.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a name of " + utf8.length + " bytes");
        }
        return ByteBuffer.allocate(HEAD_BYTES + utf8.length)
                .putInt(MAGIC)
                .put((byte) VERSION)
                .put((byte) ((resume ? RESUME : 0) | (digest ? DIGEST : 0)))
                .putShort((short) utf8.length)
                .putLong(size)
                .put(utf8)
                .flip();
    }

    /**
     * @param head {@link #HEAD_BYTES} bytes
     * @return how many bytes of name follow
     * @throws MalformedMessageException if this is no offer, or not of this version
     */
    static int nameLength(ByteBuffer head) throws MalformedMessageException {
        int magic = head.getInt(0);
        if (magic != MAGIC) {
            throw new MalformedMessageException("header that does not begin with NLFT but with "
                    + String.format("%08x", magic) + " - a client without one needs a server with --raw");
        }
        int version = head.get(4);
        if (version != VERSION) {
            throw new MalformedMessageException("header of version " + (version & 0xff) + ", this is " + VERSION);
        }
        int flags = head.get(5) & 0xff;
        if ((flags & ~(RESUME | DIGEST)) != 0) {
            throw new MalformedMessageException("header with unknown flags " + String.format("%02x", flags));
        }
        int length = head.getShort(6) & 0xffff;
        if (length == 0 || length > MAX_NAME_BYTES) {
            throw new MalformedMessageException("name of " + length + " bytes, not 1 to " + MAX_NAME_BYTES);
        }
        if (head.getLong(8) < 0) {
            throw new MalformedMessageException(
                    "size of " + Long.toUnsignedString(head.getLong(8)) + " bytes, more than 2^63 - 1");
        }
        return length;
    }

    /**
     * @param head for which {@link #nameLength} had no objection
     * @param name the bytes of the name
     * @throws MalformedMessageException if the name is not UTF-8
     */
    static Offer of(ByteBuffer head, ByteBuffer name) throws MalformedMessageException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(name).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("name that is not UTF-8");
        }
        int flags = head.get(5);
        return new Offer(text, head.getLong(8), (flags & RESUME) != 0, (flags & DIGEST) != 0);
    }
}
