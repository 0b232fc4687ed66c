package netlabs.common.cli;

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
     * Ends the recording.
     *
     * @throws netlabs.common.LabException if not all could be written
     */
    @Override
    public void close() {
        recording.close();
        hook.remove();
    }
}
