package netlabs.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.EchoServerStories;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The selector server with one loop and with several. */
@Timeout(60)
class SelectorServerTest {
    private static SelectorServer start(int loops, ServerOptions options, MessageOptions messages, Console console) {
        SelectorServer server =
                new SelectorServer(new SelectorServer.Options(options, messages, loops, false), console);
        server.start();
        return server;
    }

    @Nested
    class OneLoop extends EchoServerStories {
        @Override
        protected SelectorServer start(ServerOptions options, MessageOptions messages, Console console) {
            return SelectorServerTest.start(1, options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "loop-1";
        }
    }

    @Nested
    class ThreeLoops extends EchoServerStories {
        @Override
        protected SelectorServer start(ServerOptions options, MessageOptions messages, Console console) {
            return SelectorServerTest.start(3, options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "loop-" + number;
        }
    }

    private static final ServerOptions LOOPBACK =
            new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, true);

    /** OP_WRITE only while replies wait, and no OP_READ meanwhile: back-pressure. */
    @Test
    void aSlowReaderIsWrittenToWhenItReadsAndNotReadUntilThen() throws Exception {
        TestConsole console = new TestConsole();
        SelectorServer.Options options = new SelectorServer.Options(LOOPBACK, MessageOptions.AUTO, 1, true);
        byte[] sent = "0123456789abcde\n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (SelectorServer server = new SelectorServer(options, console.console())) {
            server.start();
            try (Wire client = Wire.connect(server.address()).send("x\n").expect("x\n")) {
                assertThat(console.out()).doesNotContain("WRITE");
                FutureTask<Wire> sender = new FutureTask<>(() -> client.send(sent));
                new Thread(sender).start();
                String key = "key ('127.0.0.1', " + client.localPort() + ")  ";
                console.awaitOut(key + "interest READ -> WRITE\n");
                try (Wire other = Wire.connect(server.address())) {
                    other.send("y\n").expect("y\n");
                }
                client.expect(sent);
                sender.get();
                client.send("z\n").expect("z\n").halfClose().expectEnd();
                List<String> changes = console.out()
                        .lines()
                        .filter(line -> line.contains(key + "interest ") && line.contains(" -> "))
                        .map(line -> line.substring(line.indexOf("interest ")))
                        .toList();
                for (int i = 0; i < changes.size(); i++) {
                    assertThat(changes.get(i))
                            .isEqualTo(i % 2 == 0 ? "interest READ -> WRITE" : "interest WRITE -> READ");
                }
                assertThat(changes.size() % 2).as("ends with READ").isZero();
            }
        }
    }

    /** What is kept for it does not depend on how much it sends. */
    @Test
    void clientsThatNeverReadCostLittleMemory() throws Exception {
        SelectorServer.Options options = new SelectorServer.Options(LOOPBACK, MessageOptions.AUTO, 1, false);
        byte[] lines = "0123456789abcde\n".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        try (SelectorServer server = new SelectorServer(options, new TestConsole().console())) {
            server.start();
            long before = usedHeap();
            List<SocketChannel> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 10; i++) {
                    SocketChannel client = SocketChannel.open(server.address());
                    clients.add(client);
                    client.configureBlocking(false);
                }
                long deadline = System.nanoTime() + 1_000_000_000L;
                long sent = 0;
                while (System.nanoTime() < deadline) {
                    for (SocketChannel client : clients) {
                        int count = client.write(ByteBuffer.wrap(lines));
                        if (count > 0) { // not blocked yet
                            sent += count;
                            deadline = System.nanoTime() + 1_000_000_000L;
                        }
                    }
                    LockSupport.parkNanos(1_000_000);
                }
                assertThat(sent).isGreaterThan(1 << 20);
                assertThat(usedHeap() - before).isLessThan(4 << 20);
            } finally {
                for (SocketChannel client : clients) {
                    client.close();
                }
            }
        }
    }

    /** The kernel calls a socket writable only when much of its buffer is free; a slow reader takes something before. */
    @Test
    void aSlowReaderIsNotTakenForOneThatReadsNothing() throws Exception {
        int idleMillis = 400;
        TestConsole console = new TestConsole();
        ServerOptions idle = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, idleMillis, true);
        byte[] lines = "0123456789abcde\n".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);
        try (SelectorServer server = start(1, idle, MessageOptions.AUTO, console.console());
                Socket client = new Socket()) {
            client.setReceiveBufferSize(16 * 1024);
            client.connect(server.address());
            FutureTask<Void> sender = new FutureTask<>(() -> {
                client.getOutputStream().write(lines);
                return null;
            });
            new Thread(sender).start();
            byte[] some = new byte[16 * 1024];
            long end = System.nanoTime() + 5L * idleMillis * 1_000_000;
            while (System.nanoTime() < end) {
                assertThat(client.getInputStream().read(some)).isPositive();
                LockSupport.parkNanos(20_000_000); // slowness is what is tested here
            }
            assertThat(console.err()).doesNotContain("took nothing");
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** The loops share the clients out. */
    @Test
    void everyLoopServes() throws Exception {
        TestConsole console = new TestConsole();
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (SelectorServer server = start(3, options, MessageOptions.AUTO, console.console());
                Wire first = Wire.connect(server.address()).send("a\n").expect("a\n");
                Wire second = Wire.connect(server.address()).send("b\n").expect("b\n");
                Wire third = Wire.connect(server.address()).send("c\n").expect("c\n");
                Wire fourth = Wire.connect(server.address()).send("d\n").expect("d\n")) {
            List<Wire> clients = List.of(first, second, third, fourth);
            for (int i = 0; i < 4; i++) {
                assertThat(console.out())
                        .contains("[loop-" + (i % 3 + 1) + "]: Connected: ('127.0.0.1', "
                                + clients.get(i).localPort() + ")\n");
            }
        }
    }
}
