package netlabs.capture.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import netlabs.common.LabException;

/**
 * The file that libpcap is writing, seen from outside: how many whole records it has so far (pcap-savefile(5)).
 * Only headers are looked at, each once. In the byte order of this machine, with microseconds, as libpcap writes it.
 */
final class RecordedFile implements AutoCloseable {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** libpcap writes header and packet one after the other: far longer than it takes. */
    private static final long UNFINISHED_NANOS = 1_000_000_000;

    private static final int MICROS_PER_SECOND = 1_000_000;

    private final Path file;
    private final int snaplen;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    /** Where the buffer's first byte stands in the file. */
    private long bufferStart;

    /** Behind the last whole record. */
    private long end = FILE_HEADER_BYTES;

    /** {@link System#nanoTime} when the record behind it was first seen to be not all there; 0: it is not begun. */
    private long unfinishedSince;

    private long packets;
    private long latestMicros;
    private long sinceMicros = Long.MIN_VALUE;
    private long packetsSince;

    /**
     * @param snaplen no record has more bytes of a packet
     * @throws LabException if the file cannot be written, or is no regular one
     */
    RecordedFile(Path file, int snaplen) {
        this.file = file;
        this.snaplen = snaplen;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new LabException("cannot write " + file + ": it is not a regular file");
        }
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", file, e);
        }
        buffer.limit(0);
    }

    /**
     * Counts what has been written since the last call.
     *
     * @return false if a write has failed, after which libpcap goes on: there is something that is no record, or the
     *     rest of the last one does not come
     */
    boolean advance() throws IOException {
        long size = channel.size();
        long before = end;
        while (size - end >= RECORD_HEADER_BYTES) {
            if (!isBuffered(end, RECORD_HEADER_BYTES)) {
                fill(end);
            }
            int at = (int) (end - bufferStart);
            long seconds = buffer.getInt(at) & 0xffffffffL;
            long micros = buffer.getInt(at + 4) & 0xffffffffL;
            long stored = buffer.getInt(at + 8) & 0xffffffffL;
            long original = buffer.getInt(at + 12) & 0xffffffffL;
            if (micros >= MICROS_PER_SECOND || stored > snaplen || stored > original) {
                return false;
            }
            if (size - end < RECORD_HEADER_BYTES + stored) {
                break; // not all of it has been written yet
            }
            end += RECORD_HEADER_BYTES + stored;
            packets++;
            latestMicros = Math.max(latestMicros, seconds * MICROS_PER_SECOND + micros);
            if (seconds * MICROS_PER_SECOND + micros >= sinceMicros) {
                packetsSince++;
            }
        }
        if (size <= end || end != before || unfinishedSince == 0) {
            unfinishedSince = size <= end ? 0 : System.nanoTime() | 1;
        }
        return unfinishedSince == 0 || System.nanoTime() - unfinishedSince < UNFINISHED_NANOS;
    }

    private boolean isBuffered(long position, int count) {
        return position >= bufferStart && position + count <= bufferStart + buffer.limit();
    }

    private void fill(long position) throws IOException {
        bufferStart = position;
        buffer.clear();
        for (int count; buffer.hasRemaining() && (count = channel.read(buffer, position)) > 0; ) {
            position += count;
        }
        buffer.flip();
    }

    /** From now on {@link #packetsSince} counts the packets that are not older. */
    void countSince(long micros) {
        sinceMicros = micros;
    }

    long packetsSince() {
        return packetsSince;
    }

    /**
     * @return how many whole records were there at the last {@link #advance}
     */
    long packets() {
        return packets;
    }

    /**
     * @return the latest time of a packet so far, in microseconds since 1970
     */
    long latestMicros() {
        return latestMicros;
    }

    /**
     * Whether something stands behind the last whole record, or not even the header of the file could be written.
     * Nobody may be writing.
     */
    boolean isCutOff() throws IOException {
        return channel.size() != end;
    }

    /**
     * Cuts the file back to its last whole record. Nobody may be writing.
     *
     * @return why the rest could not be written, in the system's words
     */
    String cutBack() throws IOException {
        String why = "not all could be written";
        try {
            // libpcap does not say what its write failed with, so the same is tried again.
            ByteBuffer again = ByteBuffer.allocate(BUFFER_BYTES);
            for (long position = channel.size(); again.hasRemaining(); ) {
                position += channel.write(again, position);
            }
        } catch (IOException e) {
            why = e.getMessage();
        }
        channel.truncate(Math.min(end, channel.size()));
        return why;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
