package netlabs.common.net;

import java.nio.file.Path;
import java.util.ServiceLoader;
import netlabs.common.LabException;

/**
 * The packets of one exercise, recorded to a file while it runs: {@code --capture} (LABS.md §0). It begins when the port
 * is known and no packet has been sent yet, and is closed behind the last socket, so that the last FIN and ACK are in
 * the file.
 */
public final class Recording implements AutoCloseable {
    private final PacketRecorder.Running running;
    private boolean closed;

    private Recording(PacketRecorder.Running running) {
        this.running = running;
    }

    /**
     * Begins to record what is sent from or to a TCP port.
     *
     * @param file null for none: nothing is recorded, then
     * @throws LabException if it cannot begin
     */
    public static Recording ofTcp(int port, Path file) {
        return begin("tcp port " + port, file);
    }

    /** The same for a UDP port. */
    public static Recording ofUdp(int port, Path file) {
        return begin("udp port " + port, file);
    }

    private static Recording begin(String filter, Path file) {
        if (file == null) {
            return new Recording(null);
        }
        for (PacketRecorder recorder : ServiceLoader.load(PacketRecorder.class)) {
            return new Recording(recorder.start(filter, file));
        }
        throw new LabException("--capture: this program was built without its module recorder");
    }

    /**
     * Ends it. Any thread; returns when it has ended, whoever has ended it.
     *
     * @throws LabException if not all could be written
     */
    @Override
    public synchronized void close() {
        if (!closed && running != null) {
            closed = true;
            running.close();
        }
    }
}
