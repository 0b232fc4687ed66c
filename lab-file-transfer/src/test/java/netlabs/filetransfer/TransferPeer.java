package netlabs.filetransfer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One end of a connection of the protocol, driven by hand and told as a story: a failure prints what
 * happened until then. As {@link netlabs.common.testing.Wire}, in offers and answers.
 */
final class TransferPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final StringBuilder story = new StringBuilder();

    private TransferPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    static TransferPeer connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, TIMEOUT_MILLIS);
        return new TransferPeer(socket);
    }

    static TransferPeer of(Socket accepted) throws IOException {
        return new TransferPeer(accepted);
    }

    /** How the server prints this end: {@code ('127.0.0.1', 40000)}. */
    String tuple() {
        return "('127.0.0.1', " + socket.getLocalPort() + ")";
    }

    TransferPeer offer(String name, long size) throws IOException {
        return offer(new Offer(name, size, false, true));
    }

    TransferPeer offerToResume(String name, long size) throws IOException {
        return offer(new Offer(name, size, true, true));
    }

    TransferPeer offer(Offer offer) throws IOException {
        return tell("sends " + offer).put(offer.encode().array());
    }

    TransferPeer send(byte[] bytes) throws IOException {
        return tell("sends " + bytes.length + " bytes").put(bytes);
    }

    TransferPeer sendByteByByte(byte[] bytes) throws IOException {
        tell("sends " + bytes.length + " bytes one by one");
        for (byte b : bytes) {
            socket.getOutputStream().write(b);
        }
        return this;
    }

    TransferPeer sendStart(long offset) throws IOException {
        return tell("starts at " + offset)
                .put(ByteBuffer.allocate(Long.BYTES).putLong(0, offset).array());
    }

    TransferPeer sendDigestOf(byte[] file) throws IOException {
        return tell("sends the digest").put(sha256(file));
    }

    TransferPeer answer(Answer answer) throws IOException {
        return tell("answers " + answer.status() + " at " + answer.offset())
                .put(answer.encode().array());
    }

    private TransferPeer put(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw failed("could not: " + e.getMessage());
        }
        return this;
    }

    /** The next answer; those that only say that the server is still working do not count. */
    Answer answer() throws IOException {
        Answer answer;
        do {
            byte[] head = receive(Answer.HEAD_BYTES);
            ByteBuffer fixed = ByteBuffer.wrap(head);
            answer = Answer.of(fixed, ByteBuffer.wrap(receive(Answer.restLength(fixed))));
        } while (answer.status() == Status.WORKING);
        tell("was told " + answer.status() + " at " + answer.offset() + " '" + answer.text() + "'");
        return answer;
    }

    TransferPeer expectYes() throws IOException {
        return expectYesAt(0);
    }

    TransferPeer expectYesAt(long offset) throws IOException {
        Answer answer = answer();
        if (answer.status() != Status.OK
                || answer.offset() != offset
                || !answer.text().isEmpty()) {
            throw failed("expected yes at " + offset);
        }
        return this;
    }

    TransferPeer expectNo(Status status, String text) throws IOException {
        Answer answer = answer();
        if (answer.status() != status || !answer.text().contains(text) || answer.offset() != 0) {
            throw failed("expected " + status + ": '" + text + "'");
        }
        return this;
    }

    Offer offer() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(receive(Offer.HEAD_BYTES));
        Offer offer = Offer.of(head, ByteBuffer.wrap(receive(Offer.nameLength(head))));
        tell("was sent " + offer);
        return offer;
    }

    byte[] receive(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count; ) {
            int more = readOrFail(bytes, have);
            if (more < 0) {
                throw failed("the stream ended after " + have + " of " + count + " bytes");
            }
            have += more;
        }
        return bytes;
    }

    private int readOrFail(byte[] bytes, int have) throws IOException {
        try {
            return socket.getInputStream().read(bytes, have, bytes.length - have);
        } catch (SocketTimeoutException e) {
            throw failed("only " + have + " of " + bytes.length + " bytes came");
        } catch (SocketException e) {
            throw failed("after " + have + " of " + bytes.length + " bytes: " + e.getMessage());
        }
    }

    TransferPeer expectEnd() throws IOException {
        tell("expects the end");
        try {
            int got = socket.getInputStream().read();
            if (got >= 0) {
                throw failed("byte " + got + " came");
            }
        } catch (SocketTimeoutException e) {
            throw failed("nothing came");
        }
        return this;
    }

    /** In order or with a RST; bytes may come before it. */
    TransferPeer expectGone() throws IOException {
        tell("expects to be disconnected");
        byte[] dropped = new byte[64 * 1024];
        try {
            while (socket.getInputStream().read(dropped) >= 0) {
                continue;
            }
        } catch (SocketTimeoutException e) {
            throw failed("still connected");
        } catch (SocketException | EOFException e) {
            return this;
        }
        return this;
    }

    /** A RST and no FIN, so that nobody takes it for a success. */
    TransferPeer expectReset() throws IOException {
        tell("expects to be reset");
        try {
            int got = socket.getInputStream().read();
            throw failed(got < 0 ? "the stream ended in order" : "byte " + got + " came");
        } catch (SocketTimeoutException e) {
            throw failed("still connected");
        } catch (SocketException e) {
            return this;
        }
    }

    /** Whatever is still under way, and behind it a RST and no FIN. */
    TransferPeer expectResetAfterWhatCame() throws IOException {
        tell("expects to be reset after what came");
        byte[] underWay = new byte[64 * 1024];
        try {
            while (socket.getInputStream().read(underWay) >= 0) {
                continue;
            }
        } catch (SocketTimeoutException e) {
            throw failed("still connected");
        } catch (SocketException e) {
            return this;
        }
        throw failed("the stream ended in order");
    }

    TransferPeer halfClose() throws IOException {
        tell("half-closes");
        socket.shutdownOutput();
        return this;
    }

    /** SO_LINGER of zero (socket(7)). */
    void reset() throws IOException {
        tell("resets");
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes: FIN, or a RST where bytes were not read. */
    void leave() throws IOException {
        tell("closes");
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private TransferPeer tell(String action) {
        story.append("\n  ").append(action);
        return this;
    }

    private AssertionError failed(String what) {
        return new AssertionError(what + ", in the story" + story);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
