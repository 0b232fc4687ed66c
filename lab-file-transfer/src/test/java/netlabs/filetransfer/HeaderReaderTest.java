package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import netlabs.common.net.Connection;
import netlabs.common.net.MalformedMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Headers out of a stream that is cut anywhere. */
@Timeout(60)
class HeaderReaderTest {
    private static final Offer OFFER = new Offer("naïve ✓.txt", 1L << 40, true, true);

    private TransferPeer peer;
    private Connection connection;
    private HeaderReader reader;

    @BeforeEach
    void connect() throws IOException {
        connect(0);
    }

    private void connect(int waitMillis) throws IOException {
        try (ServerSocket listener = ServerSocketChannel.open().socket()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer = TransferPeer.connect((InetSocketAddress) listener.getLocalSocketAddress());
            connection = new Connection(listener.accept());
        }
        reader = new HeaderReader(connection, waitMillis);
    }

    @AfterEach
    void disconnect() throws IOException {
        peer.close();
        connection.close();
    }

    @Test
    void anOfferByteByByteAndTheFileBehindIt() throws Exception {
        peer.sendByteByByte(OFFER.encode().array()).send(new byte[] {1, 2, 3});
        assertThat(reader.offer()).isEqualTo(OFFER);
        assertThat(reader.rest(3).array()).containsExactly(1, 2, 3);
    }

    @Test
    void severalInOneSegment() throws Exception {
        byte[] one = OFFER.encode().array();
        byte[] three = Arrays.copyOf(one, one.length * 3);
        System.arraycopy(one, 0, three, one.length, one.length);
        System.arraycopy(one, 0, three, 2 * one.length, one.length);
        peer.send(three).halfClose();
        assertThat(reader.offer()).isEqualTo(OFFER);
        assertThat(reader.offer()).isEqualTo(OFFER);
        assertThat(reader.offer()).isEqualTo(OFFER);
        assertThat(reader.offer()).isNull();
    }

    @Test
    void anAnswerCutAtEveryByte() throws Exception {
        byte[] digest = TransferPeer.sha256(new byte[0]);
        byte[] bytes = new Answer(Status.OK, "text ✓", 77, digest).encode().array();
        for (int cut = 0; cut <= bytes.length; cut++) {
            peer.send(Arrays.copyOf(bytes, cut)).send(Arrays.copyOfRange(bytes, cut, bytes.length));
            Answer answer = reader.answer();
            assertThat(answer.status()).isEqualTo(Status.OK);
            assertThat(answer.offset()).isEqualTo(77);
            assertThat(answer.digest()).isEqualTo(digest);
            assertThat(answer.text()).isEqualTo("text ✓");
        }
    }

    @Test
    void theEndInsteadOfAHeader() throws Exception {
        peer.halfClose();
        assertThat(reader.offer()).isNull();
        assertThat(reader.answer()).isNull();
        assertThatThrownBy(() -> reader.rest(1)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void theEndInsideAnOfferAtEveryByte() throws Exception {
        byte[] bytes = OFFER.encode().array();
        for (int cut = 1; cut < bytes.length; cut++) {
            disconnect();
            connect(0);
            peer.send(Arrays.copyOf(bytes, cut)).halfClose();
            assertThatThrownBy(() -> reader.offer())
                    .as("cut after " + cut)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageMatching("header that ended after \\d+ of \\d+ bytes");
        }
    }

    @Test
    void theEndInsideAnAnswerAtEveryByte() throws Exception {
        byte[] bytes =
                new Answer(Status.OK, "x", 1, new byte[Digest.BYTES]).encode().array();
        for (int cut = 1; cut < bytes.length; cut++) {
            disconnect();
            connect(0);
            peer.send(Arrays.copyOf(bytes, cut)).halfClose();
            assertThatThrownBy(() -> reader.answer())
                    .as("cut after " + cut)
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void whatNeverComesIsNotWaitedForForEver() throws Exception {
        disconnect();
        connect(50);
        peer.send(Arrays.copyOf(OFFER.encode().array(), 20));
        assertThatThrownBy(() -> reader.offer()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aResetIsNoEnd() throws Exception {
        peer.reset();
        assertThatThrownBy(() -> reader.offer()).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }

    /** {@link Connection#stop} must get through while bytes of a file are being waited for. */
    @Test
    void aStopEndsAReceiveIntoABuffer() throws Exception {
        peer.send(new byte[] {1});
        ByteBuffer buffer = ByteBuffer.allocateDirect(10);
        assertThat(connection.receive(buffer)).isEqualTo(1);
        Thread stopper = new Thread(() -> {
            try {
                connection.stop();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        stopper.start();
        assertThat(connection.receive(buffer)).isEqualTo(-1);
        assertThat(connection.isCutShort()).isTrue();
        stopper.join();
    }
}
