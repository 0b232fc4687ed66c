package netlabs.capture.analysis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import netlabs.capture.file.CaptureReader;
import netlabs.capture.packet.Packet;

/** The frames of a capture, one after the other, each with what the ones before it tell of it. */
public final class Frames implements Closeable {
    /** As much of a payload as anybody shows: a list of frames stays small. */
    private static final int PAYLOAD_BYTES = 256;

    private final CaptureReader reader;
    private final Packet packet = new Packet();
    private final Analyzer analyzer = new Analyzer();

    private Frames(CaptureReader reader) {
        this.reader = reader;
    }

    /**
     * @param file {@code -} for the standard input
     * @throws netlabs.common.LabException if there is no such file
     * @throws netlabs.capture.file.MalformedCaptureException if it is not a capture
     */
    public static Frames open(Path file) throws IOException {
        return new Frames(CaptureReader.open(file));
    }

    /** Of a reader, which is closed with this. */
    public static Frames of(CaptureReader reader) {
        return new Frames(reader);
    }

    /**
     * @return the next one; null if there is none
     * @throws netlabs.capture.file.MalformedCaptureException if the file is damaged here; it is then at its end
     */
    public Frame next() throws IOException {
        if (!reader.next()) {
            return null;
        }
        packet.decode(reader);
        analyzer.accept(packet);
        long time = analyzer.hasTimes() ? packet.timeNanos() - analyzer.firstNanos() : Frame.NO_TIME;
        byte[] payload = Arrays.copyOfRange(
                packet.data(), packet.payload(), packet.payload() + Math.min(PAYLOAD_BYTES, packet.capturedPayload()));
        if (!(analyzer.conversation() instanceof TcpStream stream)) {
            Conversation flow = analyzer.conversation();
            return new Frame(
                    packet.number(),
                    time,
                    flow == null ? Frame.Transport.OTHER : Frame.Transport.UDP,
                    flow == null ? -1 : flow.number(),
                    packet.source(),
                    packet.destination(),
                    flow != null && flow.side(packet) == flow.clientSide(),
                    0,
                    0,
                    0,
                    0,
                    packet.length(),
                    packet.payloadLength(),
                    payload,
                    Frame.Phase.DATA,
                    Set.of(),
                    flow == null ? packet.remark() : remark());
        }
        return new Frame(
                packet.number(),
                time,
                Frame.Transport.TCP,
                stream.number(),
                packet.source(),
                packet.destination(),
                stream.side() == stream.clientSide(),
                packet.flags(),
                stream.relativeSequence(),
                stream.relativeAcknowledgment(),
                stream.windowBytes(),
                packet.length(),
                packet.payloadLength(),
                payload,
                stream.phase(),
                TcpStream.marks(stream.marks()),
                remark());
    }

    private String remark() {
        return analyzer.isCopy() ? Frame.SEEN_TWICE : "";
    }

    /**
     * @return what all frames so far tell
     */
    public Analyzer analyzer() {
        return analyzer;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
