package netlabs.filetransfer;

import java.io.IOException;
import netlabs.common.net.Connection;
import netlabs.common.net.MalformedMessageException;

/**
 * Stores what a peer sends until it half-closes under one name. A stream that is reset, or cut short by
 * the end of the program, is no file and is deleted: it cannot be resumed.
 */
final class RawReceiver {
    private final Folder folder;
    private final String name;
    private final boolean digests;
    private final TransferTranscript transcript;
    private final BufferPool pool = new BufferPool();

    RawReceiver(Folder folder, String name, boolean digests, TransferTranscript transcript) {
        this.folder = folder;
        this.name = name;
        this.digests = digests;
        this.transcript = transcript;
    }

    String name() {
        return name;
    }

    /**
     * @throws RefusedException if it cannot be stored
     */
    void receive(Connection peer, Progress progress) throws IOException {
        try (Incoming file = folder.begin(name, -1, false);
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
