package netlabs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A capture file that is being written, in the byte order of this machine and with microseconds, as tcpdump does it
 * (pcap-savefile(5)).
 */
final class PcapFile implements AutoCloseable {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int MAGIC = 0xa1b2_c3d4;
    private static final int ETHERNET = 1;
    private static final int SNAPSHOT_BYTES = 262_144;
    private static final int MICROS = 1_000_000;

    private final FileChannel channel;
    private final ByteBuffer waiting = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.nativeOrder());

    /**
     * Starts a file of Ethernet frames.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    PcapFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        waiting.putInt(MAGIC).putShort((short) 2).putShort((short) 4);
        waiting.putInt(0).putInt(0).putInt(SNAPSHOT_BYTES).putInt(ETHERNET);
    }

    /**
     * Adds a packet.
     *
     * @param micros when it was seen, since 1970-01-01 UTC
     * @param frame from its position to its limit, far shorter than a megabyte
     */
    void add(long micros, ByteBuffer frame) throws IOException {
        if (waiting.remaining() < RECORD_HEADER_BYTES + frame.remaining()) {
            flush();
        }
        waiting.putInt((int) (micros / MICROS)).putInt((int) (micros % MICROS));
        waiting.putInt(frame.remaining()).putInt(frame.remaining()).put(frame);
    }

    private void flush() throws IOException {
        waiting.flip();
        while (waiting.hasRemaining()) {
            channel.write(waiting);
        }
        waiting.clear();
    }

    /**
     * Writes what is left, all of it to the disk: nothing of it is to be written while somebody is measured.
     *
     * @throws IOException if the disk is full; the file is closed even so
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
            channel.force(true);
        }
    }

    /**
     * @return how many packets are in {@code file}, which is at most 2 GiB long, counted here: who wrote it is not asked
     * @throws TrialFailedException if it ends within one
     */
    static long packets(Path file) throws TrialFailedException, IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.nativeOrder());
            long packets = 0;
            int at = FILE_HEADER_BYTES;
            while (at + RECORD_HEADER_BYTES <= bytes.limit()) {
                int length = bytes.getInt(at + 8);
                if (length < 0 || length > bytes.limit() - at - RECORD_HEADER_BYTES) {
                    break;
                }
                at += RECORD_HEADER_BYTES + length;
                packets++;
            }
            if (at != bytes.limit()) {
                throw new TrialFailedException("its file is damaged behind " + packets + " packets");
            }
            return packets;
        }
    }
}
