package netlabs.common.net;

import java.nio.file.Path;

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
     * Begins to record, on every interface where that can be; it has begun when this returns.
     *
     * @param filter an expression of pcap-filter(7)
     * @param file is written anew
     * @throws netlabs.common.LabException if it cannot begin
     */
    Running start(String filter, Path file);
}
