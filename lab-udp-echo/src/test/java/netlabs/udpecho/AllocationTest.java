package netlabs.udpecho;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one datagram costs the server's thread in garbage, with {@code --quiet}. */
@Timeout(120)
class AllocationTest {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 20_000;

    /** A compiler's or a class's first use, once; spread over the rounds it is nothing. */
    private static final int ONCE_BYTES = 16_384;

    /** InetSocketAddress and Inet4Address, their holders, and a byte array between: 120 on 17 and 25. */
    private static final int SENDER_BYTES = 200;

    private static long bytesPerDatagram(int clients) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        UdpServer.Options options = new UdpServer.Options(InetAddress.getByName("127.0.0.1"), 0, true);
        List<DatagramChannel> channels = new ArrayList<>();
        try (UdpServer server = UdpServer.start(new Upper(), options, new TestConsole().console())) {
            for (int i = 0; i < clients; i++) {
                channels.add(DatagramChannel.open().connect(server.address()));
            }
            long receiver = receiver();
            exchange(channels, WARM_UP);
            long before = threads.getThreadAllocatedBytes(receiver);
            exchange(channels, ROUNDS);
            long allocated = threads.getThreadAllocatedBytes(receiver) - before;
            return Math.max(0, allocated - ONCE_BYTES) / ROUNDS;
        } finally {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        }
    }

    private static void exchange(List<DatagramChannel> clients, int rounds) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        byte[] message = "sixteen letters!".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < rounds; i++) {
            DatagramChannel client = clients.get(i % clients.size());
            client.write(buffer.clear().put(message).flip());
            client.read(buffer.clear());
        }
    }

    private static long receiver() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("receiver")) {
                return thread.getId();
            }
        }
        throw new AssertionError("no receiver");
    }

    @Test
    void oneClientCostsNothing() throws Exception {
        assertThat(bytesPerDatagram(1)).isZero();
    }

    @Test
    void manyClientsCostTheAddressThatTheJdkMakesOfEachNewSender() throws Exception {
        assertThat(bytesPerDatagram(50)).isLessThan(SENDER_BYTES);
    }
}
