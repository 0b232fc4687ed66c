package netlabs.filetransfer;

import java.io.IOException;
import netlabs.common.net.Connection;
import netlabs.common.net.MalformedMessageException;

/**
 * Takes what a peer sends until it half-closes for one file. A stream that is reset, or cut short by
 * the end of the program, is no file and is deleted: it cannot be resumed.
 */
final class RawReceiver {
    /** Opens what a file is stored in. */
    interface Destination {
        /**
         * @throws RefusedException if nothing may, or can, be stored there
         */
        Sink begin() throws RefusedException;
    }

    private final String name;
    private final Destination destination;
    private final boolean digests;
    private final TransferTranscript transcript;
    private final BufferPool pool = new BufferPool();

    /**
     * @param name what the console lines call it
     */
    RawReceiver(String name, Destination destination, boolean digests, TransferTranscript transcript) {
        this.name = name;
        this.destination = destination;
        this.digests = digests;
        this.transcript = transcript;
    }

    String name() {
        return name;
    }

    /**
     * @throws RefusedException if nothing may, or can, be stored there now
     */
    void checkDestination() throws RefusedException {
        destination.begin().close();
    }

    /**
     * @throws RefusedException if it cannot be stored
     */
    void receive(Connection peer, Progress progress) throws IOException {
        try (Sink file = destination.begin();
                Digest digest = new Digest(digests, pool)) {
            transcript.begins("Receiving", name, -1, "from", peer.peer());
            long began = System.nanoTime();
            try {
                FileReceiver.receive(peer, file, Long.MAX_VALUE, digest, progress);
                if (peer.isCutShort()) {
                    throw new MalformedMessageException(
                            "file that had no end when this program ended, after " + file.length() + " bytes");
                }
                byte[] received = digest.value();
                long nanos = System.nanoTime() - began;
                file.commit();
                transcript.ended("Received", name, file.length(), received, file.length(), nanos);
            } catch (IOException e) {
                file.discard();
                throw e;
            }
        }
    }
}
