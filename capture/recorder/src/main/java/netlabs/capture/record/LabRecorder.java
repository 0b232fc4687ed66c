package netlabs.capture.record;

import java.nio.file.Path;
import java.util.function.Consumer;
import netlabs.common.LabException;
import netlabs.common.net.PacketRecorder;
import org.pcap4j.core.PcapNetworkInterface;

/** {@code --capture} of the labs: a {@link Recorder} that is quick to see packets, for they are few. */
public final class LabRecorder implements PacketRecorder {
    /** Twice the default: the blocks of the ring are handed over sooner here, so there should be more. */
    private static final int BUFFER_BYTES = 2 * Recorder.BUFFER_BYTES;

    private static final int READ_MILLIS = 20;

    /** The peer's FIN and the ACK of it come after our socket is closed. */
    private static final int LINGER_MILLIS = 50;

    @Override
    public Running start(String filter, Path file, Consumer<String> cutShort) {
        Recorder.Options options = new Recorder.Options(
                device(), filter, file, Recorder.SNAPLEN, BUFFER_BYTES, 0, READ_MILLIS, LINGER_MILLIS);
        return new OfExercise(Recorder.start(options, fault -> cutShort.accept(fault.getMessage())));
    }

    /** Linux has an interface for all of them; elsewhere the exercises are at home on the loopback. */
    private static String device() {
        Platform.Kind kind = Platform.here().kind();
        if (kind == Platform.Kind.MACOS || kind == Platform.Kind.WINDOWS) {
            for (PcapNetworkInterface device : Libpcap.devices()) {
                if (device.isLoopBack()) {
                    return device.getName();
                }
            }
            throw new LabException("there is no loopback interface that libpcap can capture on");
        }
        return Recorder.ANY;
    }

    private record OfExercise(Recorder recorder) implements Running {
        @Override
        public long close() {
            recorder.close();
            return recorder.counts().dropped();
        }
    }
}
