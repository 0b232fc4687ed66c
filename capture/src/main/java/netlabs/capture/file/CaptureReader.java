package netlabs.capture.file;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.LabException;
import netlabs.common.console.Printable;

/**
 * A capture file, packet after packet: pcap (draft-ietf-opsawg-pcap) or pcapng (draft-ietf-opsawg-pcapng), whichever it
 * is. Nothing is allocated for a packet: what the methods return is of the last one that {@link #next} found. One thread.
 */
public abstract sealed class CaptureReader implements Closeable permits PcapReader, PcapNgReader {
    /** A longer packet is damage: what libpcap and tshark take for the longest, too. */
    static final int LONGEST_PACKET = 262_144;

    private static final int SECTION_HEADER = 0x0a0d_0d0a;

    final Input in;
    private final String name;

    private long number;
    int linkType;
    int interfaceNumber;
    long timeNanos;
    boolean hasTime = true;
    int capturedLength;
    int length;
    int at;

    CaptureReader(Input in, String name) {
        this.in = in;
        this.name = name;
    }

    /**
     * @param file {@code -} for the standard input
     * @throws LabException if there is no such file
     * @throws MalformedCaptureException if it is not a capture
     */
    public static CaptureReader open(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return open(new FileInputStream(FileDescriptor.in), "standard input");
        }
        String name = Printable.escape(file.toString());
        if (Files.isDirectory(file)) {
            throw new LabException(name + " is a folder, not a capture file");
        }
        InputStream stream;
        try {
            stream = Files.newInputStream(file);
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        }
        return open(stream, name);
    }

    /**
     * @param bytes of a whole file
     */
    public static CaptureReader of(byte[] bytes) throws IOException {
        return open(new ByteArrayInputStream(bytes), "capture");
    }

    /**
     * @param stream is closed with the reader
     * @param name of it in messages
     * @throws MalformedCaptureException if it is not a capture
     */
    public static CaptureReader open(InputStream stream, String name) throws IOException {
        Input in = new Input(stream);
        try {
            if (in.available(4) >= 4) {
                if (in.int32(0) == SECTION_HEADER) {
                    return new PcapNgReader(in, name);
                }
                if (PcapReader.isMagic(in)) {
                    return new PcapReader(in, name);
                }
            }
            throw new MalformedCaptureException(
                    name, 0, in.available(1) == 0 ? "an empty file" : "not a capture file (pcap or pcapng)");
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Goes to the next packet.
     *
     * @return false if there is none
     * @throws MalformedCaptureException if the file is damaged here, or ends within a packet; the reader is then at its end
     */
    public final boolean next() throws IOException {
        if (!read()) {
            return false;
        }
        number++;
        return true;
    }

    abstract boolean read() throws IOException;

    /**
     * @return the error that the file is damaged
     */
    final MalformedCaptureException malformed(long offset, String fault) {
        return new MalformedCaptureException(name, offset, fault);
    }

    /**
     * @return of the packet, from 1
     */
    public final long number() {
        return number;
    }

    /**
     * @return the LINKTYPE_ of tcpdump.org: what the packet begins with
     */
    public final int linkType() {
        return linkType;
    }

    /**
     * @return of a pcapng file, which interface of its section the packet was captured on, from 0; else 0
     */
    public final int interfaceNumber() {
        return interfaceNumber;
    }

    /**
     * @return when it was captured, since 1970-01-01 UTC; 0 if the file does not say
     */
    public final long timeNanos() {
        return timeNanos;
    }

    /** Whether the file says when the packet was captured: a Simple Packet Block does not. */
    public final boolean hasTime() {
        return hasTime;
    }

    /**
     * @return how much of the packet is in the file, in bytes
     */
    public final int capturedLength() {
        return capturedLength;
    }

    /**
     * @return how long the packet was on the wire, in bytes
     */
    public final int length() {
        return length;
    }

    /**
     * @return the array that the packet lies in, from {@link #at} on; only until the next one
     */
    public final byte[] bytes() {
        return in.buffer();
    }

    public final int at() {
        return at;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }
}
