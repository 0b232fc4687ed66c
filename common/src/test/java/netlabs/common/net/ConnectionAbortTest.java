package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Connection#abort} while a file is sent. */
@Timeout(20)
class ConnectionAbortTest {
    /** More than is sent in the time of the test; not a byte of it is on the disk. */
    private static final long LENGTH = 1L << 40;

    private static final int ENOUGH_BYTES = 10_000_000;

    @TempDir
    private Path folder;

    private ServerSocketChannel listener;
    private Socket peer;
    private Connection connection;
    private FileChannel file;

    @BeforeEach
    void open() throws Exception {
        Path path = folder.resolve("file");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(LENGTH);
        }
        file = FileChannel.open(path);
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        peer = new Socket();
        peer.setReceiveBufferSize(4_096);
        peer.connect(listener.getLocalAddress());
        connection = new Connection(listener.accept().socket());
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        peer.close();
        listener.close();
        file.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatTakesNothing(boolean shared) throws Exception {
        CompletableFuture<Void> sending = sendAll(shared);
        while (!connection.timeOutIfBlocked(100)) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThatThrownBy(sending::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining(SocketErrors.TOOK_NOTHING);
        assertThatThrownBy(() -> send(shared, 0)).isInstanceOf(SocketTimeoutException.class);
        connection.close();

        assertThat(file.isOpen()).as("the file is left to the others").isEqualTo(shared);
        assertThatThrownBy(() -> peer.getInputStream().skip(LENGTH)).isInstanceOf(SocketException.class);
    }

    /** Whoever reads to the end has to see that it is none. */
    @Test
    void aPeerThatTakesAllItCanGetSeesNoEnd() throws Exception {
        CompletableFuture<Void> sending = sendAll(false);
        InputStream in = peer.getInputStream();
        in.skipNBytes(ENOUGH_BYTES);
        CompletableFuture<Void> aborting = CompletableFuture.runAsync(() -> {
            try {
                connection.abort("enough");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThatThrownBy(() -> in.skip(LENGTH)).isInstanceOf(SocketException.class);
        aborting.get();
        assertThatThrownBy(sending::get).hasCauseInstanceOf(SocketTimeoutException.class);
    }

    private long send(boolean shared, long position) throws IOException {
        long count = LENGTH - position;
        return shared ? connection.sendShared(file, position, count) : connection.send(file, position, count);
    }

    private CompletableFuture<Void> sendAll(boolean shared) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                for (long sent = 0; sent < LENGTH; ) {
                    sent += send(shared, sent);
                }
                all.complete(null);
            } catch (IOException e) {
                all.completeExceptionally(e);
            }
        });
        thread.start();
        return all;
    }
}
