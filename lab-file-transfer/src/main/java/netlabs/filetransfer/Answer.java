package netlabs.filetransfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import netlabs.common.net.MalformedMessageException;

/**
 * What the server says to an {@link Offer}, and again when it has the file (docs/protocols.md). Network
 * byte order:
 *
 * <pre>
 *   offset  bytes  field
 *        0      1  status   {@link Status}: 0 go on, or stored; 1 still working; else refused
 *        1      1  0
 *        2      2  length   of the text, 0 to 1024
 *        4      8  offset   how many bytes of the file the server has already
 *       12     32  digest   their SHA-256, only if the offset is not 0
 *              n   text     why not: UTF-8
 * </pre>
 *
 * @param text for the user; empty if the status is {@link Status#OK}
 * @param offset more than 0 only after an offer to resume
 * @param digest 32 bytes, or none
 */
record Answer(Status status, String text, long offset, byte[] digest) {
    /** The fixed part. */
    static final int HEAD_BYTES = 12;

    private static final int MAX_TEXT_BYTES = 1024;

    /** Yes. */
    static final Answer YES = new Answer(Status.OK, "", 0, new byte[0]);

    /** Not yet. */
    static final Answer WAIT = new Answer(Status.WORKING, "", 0, new byte[0]);

    /** No. */
    static Answer no(Status status, String text) {
        return new Answer(status, text, 0, new byte[0]);
    }

    /** Yes, from {@code offset} on, if {@code digest} is that of the bytes before. */
    static Answer from(long offset, byte[] digest) {
        return new Answer(Status.OK, "", offset, digest);
    }

    /**
     * @return the whole answer, ready to be sent; a text that is too long is cut
     */
    ByteBuffer encode() {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_TEXT_BYTES) {
            utf8 = Arrays.copyOf(utf8, MAX_TEXT_BYTES);
        }
        return ByteBuffer.allocate(HEAD_BYTES + digest.length + utf8.length)
                .put((byte) status.ordinal())
                .put((byte) 0)
                .putShort((short) utf8.length)
                .putLong(offset)
                .put(digest)
                .put(utf8)
                .flip();
    }

    /**
     * @param head {@link #HEAD_BYTES} bytes
     * @return how many bytes follow
     * @throws MalformedMessageException if this is no answer
     */
    static int restLength(ByteBuffer head) throws MalformedMessageException {
        int length = head.getShort(2) & 0xffff;
        if (Status.of(head.get(0) & 0xff) == null
                || head.get(1) != 0
                || length > MAX_TEXT_BYTES
                || head.getLong(4) < 0) {
            throw new MalformedMessageException("reply that is none of this protocol - is it run with --raw?");
        }
        return digestLength(head) + length;
    }

    /**
     * @param head for which {@link #restLength} had no objection
     * @param rest the bytes behind it
     */
    static Answer of(ByteBuffer head, ByteBuffer rest) {
        byte[] digest = new byte[digestLength(head)];
        rest.get(digest);
        String text = StandardCharsets.UTF_8.decode(rest).toString();
        return new Answer(Status.of(head.get(0) & 0xff), text, head.getLong(4), digest);
    }

    private static int digestLength(ByteBuffer head) {
        return head.getLong(4) == 0 ? 0 : Digest.BYTES;
    }
}
