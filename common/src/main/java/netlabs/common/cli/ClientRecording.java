package netlabs.common.cli;

import java.util.concurrent.Semaphore;
import netlabs.common.console.Console;
import netlabs.common.net.Recording;

/** {@code --capture} of a client: around all of its sockets, and closed in order on Ctrl-C too. */
public final class ClientRecording implements AutoCloseable {
    private final Recording recording;
    private final ShutdownHook hook;

    /**
     * @param client its sockets are closed before the recording on Ctrl-C
     */
    ClientRecording(Recording recording, AutoCloseable client, Console console) {
        this.recording = recording;
        this.hook = ShutdownHook.closing(
                () -> {
                    try (recording) {
                        client.close();
                    }
                },
                console.err());
    }

    /**
     * Ends the recording. During Ctrl-C it does not return, as System.exit does not: what the client could say now is
     * only that its connection was closed under it.
     *
     * @throws netlabs.common.LabException if not all could be written
     */
    @Override
    public void close() {
        recording.close();
        if (!hook.remove()) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }
}
