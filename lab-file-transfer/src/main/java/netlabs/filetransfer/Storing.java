package netlabs.filetransfer;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import netlabs.common.console.Console;
import netlabs.common.net.BlockingAcceptor;
import netlabs.common.net.Connection;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.SocketAddresses;

/**
 * The server's side of the protocol: for each file of a client
 *
 * <pre>
 *   receive the {@link Offer}
 *     no:   send an {@link Answer} that says why; next file
 *     yes:  send an {@link Answer}, with what is there already if it is to be resumed
 *   after a resume, receive the offset at which the client begins (8 bytes; -1: not known yet)
 *   receive the file, to the disk
 *   receive its digest (32 bytes)
 *   compare, fsync, rename
 *   send an {@link Answer}: stored, or why not
 * </pre>
 *
 * until the client closes. If the file cannot be taken in the middle of its bytes, nobody knows where
 * the next offer begins: the answer is sent at once, and the connection ends.
 */
final class Storing implements BlockingAcceptor.Service {
    /** How long a client that was refused may pause in what it is still sending. */
    private static final int REFUSED_QUIET_MILLIS = 1_000;

    /** What a client sends in place of its start offset while it is not done: a sign of life. */
    static final long STILL_HASHING = -1;

    private final Folder folder;
    private final boolean once;
    private final TransferTranscript transcript;
    private final Console console;
    private final BufferPool pool = new BufferPool();

    /**
     * @param once whether a file that was refused is the server's failure
     */
    Storing(Folder folder, boolean once, TransferTranscript transcript, Console console) {
        this.folder = folder;
        this.once = once;
        this.transcript = transcript;
        this.console = console;
    }

    @Override
    public byte[] refusal(int maxClients) {
        return Answer.no(Status.FULL, "the server is full, it takes " + maxClients + " at a time")
                .encode()
                .array();
    }

    @Override
    public void serve(Connection client) throws IOException {
        HeaderReader headers = new HeaderReader(client, 0); // the acceptor ends an idle client
        RefusalLog refusals = new RefusalLog("client " + SocketAddresses.tuple(client.peer()), once, console.err());
        try {
            for (Offer offer; (offer = headers.offer()) != null; ) {
                Stage stage = new Stage();
                try {
                    store(client, headers, offer, stage);
                } catch (RefusedException e) {
                    refusals.refused(offer, e);
                    client.send(Answer.no(e.status(), e.getMessage()).encode());
                    if (stage.receiving) {
                        client.finish(REFUSED_QUIET_MILLIS);
                        break;
                    }
                }
            }
        } catch (MalformedMessageException e) {
            if (client.isCutShort()) { // not the client's doing
                lastWord(client, Status.ENDING, "the server is ending", e);
                throw new SocketTimeoutException("was cut off in a " + e.getMessage());
            }
            lastWord(client, Status.MALFORMED, "sent a " + e.getMessage(), e);
            throw e;
        } catch (SocketTimeoutException e) {
            lastWord(client, Status.STALLED, e.getMessage(), e);
            throw e;
        } catch (OutOfMemoryError e) {
            IOException fault = new IOException("no memory for another transfer", e);
            lastWord(client, Status.FULL, "the server has no memory for another transfer", fault);
            throw fault;
        }
        refusals.end();
    }

    /** Whether the bytes of a file are on their way. */
    private static final class Stage {
        private boolean receiving;
    }

    private void store(Connection client, HeaderReader headers, Offer offer, Stage stage) throws IOException {
        try (Incoming file = folder.begin(offer.name(), offer.size(), offer.resume());
                Digest digest = new Digest(offer.digest() || file.length() > 0, pool)) {
            stage.receiving = true;
            transcript.begins("Receiving", offer.name(), offer.size(), "from", client.peer());
            agreeOnStart(client, headers, offer, file, digest);
            long start = file.length();
            if (start > 0) {
                transcript.resumes(offer.name(), start, offer.size());
            }
            long began = System.nanoTime();
            if (FileReceiver.receive(client, file, offer.size(), digest, Progress.NONE)) {
                throw new MalformedMessageException("file that ended after " + file.length() + " of " + offer.size()
                        + " bytes" + (file.length() > 0 ? "; they are kept for --resume" : ""));
            }
            byte[] received = digest.value();
            long nanos = System.nanoTime() - began;
            if (offer.digest()) {
                byte[] sent = headers.rest(Digest.BYTES).array();
                stage.receiving = false;
                if (!Arrays.equals(sent, received)) {
                    file.discard();
                    throw new RefusedException(Status.DAMAGED, "it arrived with another SHA-256 than it was sent with");
                }
            }
            stage.receiving = false;
            commit(client, file);
            transcript.ended("Received", offer.name(), offer.size(), received, offer.size() - start, nanos);
        }
        client.send(Answer.YES.encode());
    }

    /** The client goes on where the file ends here, if what is there is how the client's file begins. */
    private static void agreeOnStart(Connection client, HeaderReader headers, Offer offer, Incoming file, Digest digest)
            throws IOException {
        if (file.length() > offer.size()) {
            file.restart();
        }
        long offset = file.length();
        if (offset == 0) {
            client.send(Answer.YES.encode());
            return;
        }
        Patience patience = new Patience(client);
        for (long at = 0; at < offset; ) {
            ByteBuffer buffer = digest.take();
            buffer.limit((int) Math.min(buffer.capacity(), offset - at));
            file.read(buffer, at);
            at += buffer.position();
            digest.give(buffer);
            patience.workedABit();
        }
        client.send(Answer.from(offset, digest.value()).encode());
        long start;
        do {
            start = headers.rest(Long.BYTES).getLong();
        } while (start == STILL_HASHING);
        if (start == 0) {
            file.restart();
            digest.reset();
        } else if (start != offset) {
            throw new MalformedMessageException("start of " + start + ", which was not offered");
        }
    }

    /** fsync(2) may take long: meanwhile the client is told that it does. */
    private static void commit(Connection client, Incoming file) throws IOException {
        new Patience(client).whileDoing(file::commit);
    }

    /**
     * @param fault is reported anyway; that the client has gone and was not told only adds to it
     */
    private static void lastWord(Connection client, Status status, String why, IOException fault) {
        try {
            client.send(Answer.no(status, why).encode());
            client.finish(REFUSED_QUIET_MILLIS);
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
    }
}
