package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path: a file that is asked for again and again costs its loop no object. */
@Timeout(60)
class AllocationTest {
    private static final int REQUESTS = 20_000;

    /** Looking at the file ten times a second, the second's Date, the compiler's own. */
    private static final int ONCE_BYTES = 400 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path root;

    private static Thread loop() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("loop-1")) {
                return thread;
            }
        }
        throw new AssertionError("no loop");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 102_400})
    void aHotFileCostsNoObject(int size) throws Exception {
        Path file = Files.write(root.resolve("hot.bin"), new byte[size]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // a new one has a weak tag first, and is not kept
        ServerOptions where = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 10_000, true);
        TestConsole console = new TestConsole();
        try (WebServer server = new WebServer(new WebOptions(where, null, 1, false, 10_000), root, console.console())) {
            server.start();
            try (Socket client = new Socket(where.bind(), server.address().getPort())) {
                client.setTcpNoDelay(true);
                byte[] request = "GET /hot.bin HTTP/1.1\r\nHost: localhost\r\nUser-Agent: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
                DataInputStream in = new DataInputStream(client.getInputStream());
                client.getOutputStream().write(request);
                byte[] answer = new byte[headLength(in) + size];
                in.readFully(new byte[size]);
                ask(client, in, request, answer, REQUESTS); // warms up
                Thread loop = loop();
                long before = THREADS.getThreadAllocatedBytes(loop.getId());
                ask(client, in, request, answer, REQUESTS);
                long allocated = THREADS.getThreadAllocatedBytes(loop.getId()) - before;
                assertThat(allocated).isLessThan(ONCE_BYTES); // 20 bytes each
            }
        }
    }

    private static int headLength(DataInputStream in) throws IOException {
        int length = 0;
        for (int last = 0; last != 0x0d0a0d0a; length++) {
            last = last << 8 | in.readUnsignedByte();
        }
        return length;
    }

    private static void ask(Socket client, DataInputStream in, byte[] request, byte[] answer, int times)
            throws Exception {
        for (int i = 0; i < times; i++) {
            client.getOutputStream().write(request);
            in.readFully(answer);
        }
    }
}
