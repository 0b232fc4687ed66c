package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link Connection#abort} while a peer that takes nothing is sent a file. */
@Timeout(20)
class ConnectionAbortTest {
    private static final int LENGTH = 32 << 20;

    @TempDir
    private Path folder;

    @Test
    void itEndsABlockedSendAndLeavesTheFileToTheOthers() throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[LENGTH]);
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Socket peer = new Socket();
                FileChannel file = FileChannel.open(path)) {
            peer.setReceiveBufferSize(4_096);
            peer.connect(listener.getLocalAddress());
            Connection connection = new Connection(listener.accept().socket());
            CompletableFuture<Void> sending = sendAll(connection, file);
            while (!connection.timeOutIfBlocked(100)) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThatThrownBy(sending::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining(SocketErrors.TOOK_NOTHING);
            assertThatThrownBy(() -> connection.send(file, 0, 1)).isInstanceOf(SocketTimeoutException.class);
            connection.close();

            assertThat(file.read(ByteBuffer.allocate(1), LENGTH - 1)).isEqualTo(1);
            assertThatThrownBy(() -> peer.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    private static CompletableFuture<Void> sendAll(Connection connection, FileChannel file) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                for (long sent = 0; sent < LENGTH; ) {
                    sent += connection.send(file, sent, LENGTH - sent);
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
