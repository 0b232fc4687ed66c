package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Connection#stop} comes at the worst moment: a receive has its bytes, and has not returned yet. */
@Timeout(20)
class ConnectionStopTest {
    private static final int SENT = 40_000;
    private static final int BUFFER = 16 * 1024;

    /** A socket whose receive lets something happen between recv(2) and its own return. */
    private static final class Between extends Socket {
        private final Socket real;
        Runnable afterReceive = () -> {};

        Between(Socket real) {
            this.real = real;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(real.getInputStream()) {
                @Override
                public int read(byte[] b, int off, int len) throws IOException {
                    int count = super.read(b, off, len);
                    Runnable once = afterReceive;
                    afterReceive = () -> {};
                    once.run();
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return real.getOutputStream();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return real.getRemoteSocketAddress();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            real.setTcpNoDelay(on);
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            real.setSoTimeout(timeout);
        }

        @Override
        public void shutdownInput() throws IOException {
            real.shutdownInput();
        }

        @Override
        public synchronized void close() throws IOException {
            real.close();
        }
    }

    @Test
    void whatHadArrivedAtStopIsHandedOverThoughAReceiveWasUnderWay() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Between socket = new Between(listener.accept());
                Connection connection = new Connection(socket)) {
            client.getOutputStream().write(new byte[SENT]);
            while (connection.available() < SENT) {
                Thread.onSpinWait();
            }
            socket.afterReceive = () -> {
                try {
                    connection.stop();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };
            byte[] buffer = new byte[BUFFER];
            int received = 0;
            for (int count; (count = connection.receive(buffer, 0)) >= 0; ) {
                received += count;
            }
            assertThat(received).isEqualTo(SENT);
        }
    }
}
