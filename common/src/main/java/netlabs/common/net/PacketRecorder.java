package netlabs.common.net;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What records packets for {@link Recording}: with libpcap, in a module of its own. A service (java.util.ServiceLoader),
 * so that nothing of it is loaded where nobody asks for a recording.
 */
public interface PacketRecorder {
    /** A recording that goes on. */
    interface Running {
        /**
         * Ends it: every packet up to now is in the file when this returns.
         *
         * @return how many packets are not, because they came too fast
         * @throws netlabs.common.LabException if not all could be written
         */
        long close();
    }

    /**
     * Begins to record, on every interface where that can be; it has begun when this returns. A program that is killed
     * loses the packets of its last moment only.
     *
     * @param filter an expression of pcap-filter(7)
     * @param file is written anew
     * @param cutShort is told why, any thread, if the recording has to end before it is closed, as on a full disk
     * @throws netlabs.common.LabException if it cannot begin
     */
    Running start(String filter, Path file, Consumer<String> cutShort);
}
