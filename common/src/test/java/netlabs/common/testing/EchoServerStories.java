package netlabs.common.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoServers;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageDecoder;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every server that echoes the messages of many clients at once does, as its peers see it: the
 * threaded and the selector server are tested with the same stories (LABS.md §3, §4).
 */
@Timeout(60)
public abstract class EchoServerStories {
    private static final int QUIET_MILLIS = 50;
    private static final int IDLE_MILLIS = 300;
    private static final int ROUND_TRIPS = 300;
    private static final MessageOptions AUTO = new MessageOptions(Framing.AUTO, QUIET_MILLIS);

    private final TestConsole console = new TestConsole();
    private EchoServers.Server server;

    /** Binds and starts the server under test. */
    protected abstract EchoServers.Server start(ServerOptions options, MessageOptions messages, Console console);

    /** The name of the thread that serves the {@code number}th client while all are connected. */
    protected abstract String thread(int number);

    /** What it has printed. */
    protected final TestConsole console() {
        return console;
    }

    /** A server with nothing unusual about it. */
    protected final InetSocketAddress start() {
        return start(100, false, 0, AUTO);
    }

    private InetSocketAddress start(int maxClients, boolean once, int idleMillis, MessageOptions messages) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server =
                start(new ServerOptions(loopback, 0, maxClients, once, idleMillis, false), messages, console.console());
        return server.address();
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void messagesComeBackAsTheyWere() throws Exception {
        try (Wire client = Wire.connect(start())) {
            client.send("HEL").send("LO\n").expect("HELLO\n");
            client.send("a\r\n\nB ✓\n").expect("a\r\n\nB ✓\n");
            client.send(new byte[] {(byte) 0xff, '\n'}).expect(new byte[] {(byte) 0xff, '\n'});
            client.send("end").halfClose().expect("end").expectEnd();
        }
        console.awaitErr("warning: a message is not valid UTF-8");
    }

    @Test
    void theTranscriptSaysWhichThreadServesWhom() throws Exception {
        InetSocketAddress address = start();
        int firstPort;
        int secondPort;
        try (Wire first = Wire.connect(address)) {
            first.send("one\n").expect("one\n");
            firstPort = first.localPort();
            try (Wire second = Wire.connect(address)) {
                second.send("two\033[2J\n").expect("two\033[2J\n").halfClose().expectEnd();
                secondPort = second.localPort();
            }
            assertThat(server.awaitClients(1, 10_000)).isTrue();
            first.halfClose().expectEnd();
        }
        assertThat(server.awaitClients(0, 10_000)).isTrue();
        assertThat(console.out()).isEqualTo("""
                [%1$s]: Connected: ('127.0.0.1', %3$d)
                [%1$s]: Received from ('127.0.0.1', %3$d): one
                [%2$s]: Connected: ('127.0.0.1', %4$d)
                [%2$s]: Received from ('127.0.0.1', %4$d): two\\x1b[2J
                [%2$s]: Closed: ('127.0.0.1', %4$d)
                [%1$s]: Closed: ('127.0.0.1', %3$d)
                """.formatted(thread(1), thread(2), firstPort, secondPort));
    }

    @Test
    void quietPrintsNothing() throws Exception {
        ServerOptions quiet = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 1, false, 0, true);
        server = start(quiet, AUTO, console.console());
        try (Wire client = Wire.connect(server.address())) {
            client.send("x\n").expect("x\n").halfClose().expectEnd();
        }
        assertThat(server.awaitClients(0, 10_000)).isTrue();
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).startsWith("ready: ").hasLineCount(1);
    }

    @Test
    void aBareMessageGetsABareReply() throws Exception {
        try (Wire client = Wire.connect(start())) {
            client.send("HELLO").expect("HELLO").send("again").expect("again");
            client.expectSilence(2 * QUIET_MILLIS);
        }
    }

    @Test
    void aSlowTypistsLineIsNotCut() throws Exception {
        try (Wire client = Wire.connect(start())) {
            client.send("first\n").expect("first\n");
            for (String key : List.of("s", "l", "o")) {
                client.send(key).expectSilence(2 * QUIET_MILLIS);
            }
            client.send("w\n").expect("slow\n");
        }
    }

    @Test
    void framingCanBeForced() throws Exception {
        try (Wire client = Wire.connect(start(10, false, 0, new MessageOptions(Framing.BARE, QUIET_MILLIS)))) {
            client.send("a\nb\n").expect("a\nb\n");
            console.awaitOut(": a\\nb\\n\n");
        }
        server.close();
        try (Wire client = Wire.connect(start(10, false, 0, new MessageOptions(Framing.LINE, QUIET_MILLIS)))) {
            client.send("a").expectSilence(2 * QUIET_MILLIS).send("b\n").expect("ab\n");
        }
    }

    @Test
    void aSecondClientIsServedWhileTheFirstIsSilent() throws Exception {
        InetSocketAddress address = start();
        try (Wire silent = Wire.connect(address).send("half a mess");
                Wire second = Wire.connect(address)) {
            second.send("x\n").expect("x\n");
            silent.send("age\n").expect("half a message\n");
        }
    }

    @Test
    void manyMessagesInOneSegmentAreAllAnswered() throws Exception {
        String lines = "0123456789\n".repeat(20_000);
        try (Wire client = Wire.connect(start())) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(lines);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            client.expect(lines);
            sender.join();
        }
    }

    @Test
    void theLongestMessageIsAnsweredAndALongerOneRefused() throws Exception {
        String longest = "x".repeat(MessageDecoder.MAX_LENGTH);
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        InetSocketAddress address = start();
        try (Wire client = Wire.connect(address);
                Wire hostile = Wire.connect(address)) {
            client.send(longest + "\n").expect(longest + "\n");
            hostile.send("ok\n").send(megabyte);
            hostile.expect("ok\nerror: message longer than 65536 bytes\n").expectEnd();
            client.send("x\n").expect("x\n");
        }
        console.awaitErr("sent a message longer than 65536 bytes");
    }

    @Test
    void aResetInTheMiddleOfAMessageHurtsNobodyElse() throws Exception {
        InetSocketAddress address = start();
        try (Wire other = Wire.connect(address).send("a\n").expect("a\n")) {
            Wire.connect(address).send("HEL").reset();
            console.awaitErr("reset the connection");
            other.send("b\n").expect("b\n");
        }
    }

    @Test
    void aClientOverTheLimitIsTold() throws Exception {
        InetSocketAddress address = start(2, false, 0, AUTO);
        try (Wire first = Wire.connect(address).send("a\n").expect("a\n")) {
            try (Wire second = Wire.connect(address).send("b\n").expect("b\n");
                    Wire third = Wire.connect(address).send("c\n")) {
                third.expect("error: the server is full, 2 clients are connected\n")
                        .expectEnd();
                console.awaitErr("warning: client ('127.0.0.1', " + third.localPort()
                        + ") refused: the server is full, 2 clients are connected\n");
                second.halfClose().expectEnd();
            }
            assertThat(server.awaitClients(1, 10_000)).isTrue();
            try (Wire next = Wire.connect(address)) {
                next.send("d\n").expect("d\n");
            }
            first.send("e\n").expect("e\n");
        }
    }

    @Test
    void aClientOverTheLimitIsToldAtOnceBehindOthersThatSayNothing() throws Exception {
        InetSocketAddress address = start(1, false, 0, AUTO);
        List<Wire> silent = new ArrayList<>();
        try (Wire client = Wire.connect(address).send("a\n").expect("a\n")) {
            for (int i = 0; i < 40; i++) {
                silent.add(Wire.connect(address));
            }
            long start = System.nanoTime();
            try (Wire last = Wire.connect(address)) {
                last.expect("error: the server is full, 1 client is connected\n");
            }
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
            client.send("b\n").expect("b\n");
        } finally {
            for (Wire each : silent) {
                each.close();
            }
        }
    }

    @Test
    void aFloodOfClientsOverTheLimitHurtsNobody() throws Exception {
        InetSocketAddress address = start(1, false, 0, AUTO);
        List<Wire> refused = new ArrayList<>();
        try (Wire client = Wire.connect(address).send("a\n").expect("a\n")) {
            for (int i = 0; i < 200; i++) {
                refused.add(Wire.connect(address));
            }
            client.send("b\n").expect("b\n");
            for (Wire each : refused) {
                each.expectGone();
            }
        } finally {
            for (Wire each : refused) {
                each.close();
            }
        }
    }

    @Test
    void aSilentClientIsDisconnectedAndABusyOneIsNot() throws Exception {
        InetSocketAddress address = start(10, false, IDLE_MILLIS, AUTO);
        long start = System.nanoTime();
        try (Wire silent = Wire.connect(address).send("x\nHEL").expect("x\n");
                Wire busy = Wire.connect(address)) {
            CountDownLatch gone = new CountDownLatch(1);
            Thread watcher = new Thread(() -> {
                try {
                    silent.expectGone();
                    gone.countDown();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            watcher.start();
            while (gone.getCount() > 0) {
                busy.send("y\n").expect("y\n");
            }
            watcher.join();
            busy.send("z\n").expect("z\n");
        }
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(IDLE_MILLIS - 10);
        console.awaitErr("sent nothing for too long (idle timeout)");
    }

    @Test
    void aClientThatTakesNoRepliesIsDisconnected() throws Exception {
        InetSocketAddress address = start(10, false, IDLE_MILLIS, AUTO);
        try (Stalled stalled = new Stalled(address)) {
            stalled.awaitBlocked();
            console.awaitErr("took nothing for too long (idle timeout)");
        }
    }

    /** Its bytes stay in the kernel's buffers once the server stops reading them: back-pressure. */
    @Test
    void aClientThatNeverReadsIsNotReadForEver() throws Exception {
        InetSocketAddress address = start();
        try (Stalled stalled = new Stalled(address)) {
            stalled.awaitBlocked();
            assertThat(stalled.sent()).isLessThan(64L << 20);
        }
    }

    @Test
    void disturbingClientsLeaveTheOthersPrompt() throws Exception {
        InetSocketAddress address = start();
        try (Wire client = Wire.connect(address)) {
            roundTrips(client);
            long undisturbed = roundTrips(client);
            Wire.connect(address).send("HEL").reset();
            try (Stalled stalled = new Stalled(address);
                    Wire vanished =
                            Wire.connect(address).send("a\nhalf a message").expect("a\n");
                    Flood flood = new Flood(address)) {
                stalled.awaitBlocked();
                flood.awaitReplies();
                long disturbed = roundTrips(client);
                assertThat(disturbed).as("undisturbed " + undisturbed).isLessThan(20 * undisturbed + 10_000_000_000L);
                assertThat(vanished.available()).isZero();
            }
        }
    }

    private static long roundTrips(Wire client) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < ROUND_TRIPS; i++) {
            client.send("x\n").expect("x\n");
        }
        return System.nanoTime() - start;
    }

    @Test
    void onceServesOneClientAndEnds() throws Exception {
        InetSocketAddress address = start(10, true, 0, AUTO);
        try (Wire client = Wire.connect(address)) {
            client.send("x\n").expect("x\n").halfClose().expectEnd();
        }
        server.await();
        assertThatThrownBy(() -> Wire.connect(address)).isInstanceOf(IOException.class);
    }

    @Test
    void onceWithAClientThatFailsFails() throws Exception {
        Wire client = Wire.connect(start(10, true, 0, AUTO));
        client.send("x\n").expect("x\n").reset();
        assertThatThrownBy(server::await)
                .isInstanceOf(LabException.class)
                .hasMessage("client ('127.0.0.1', " + client.localPort() + ") reset the connection");
    }

    @Test
    void closingAnswersWhatHasArrivedAndEndsEveryConnection() throws Exception {
        InetSocketAddress address = start();
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(Wire.connect(address).send("x\n").expect("x\n"));
        }
        for (int i = 0; i < 20; i += 2) {
            clients.get(i).send("last\nhalf a line");
        }
        Thread closing = new Thread(server::close);
        closing.start();
        for (int i = 0; i < 20; i++) {
            Wire client = clients.get(i);
            (i % 2 == 0 ? client.expect("last\n") : client).expectEnd();
            client.close();
        }
        closing.join();
        server.await();
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void closingAbortsAClientThatTakesNoReplies() throws Exception {
        InetSocketAddress address = start();
        try (Stalled stalled = new Stalled(address)) {
            stalled.awaitBlocked();
            server.close();
            server.await();
            assertThat(console.err())
                    .contains("was disconnected: not all it had sent was answered 2000 ms after the stop")
                    .hasLineCount(2);
        }
    }

    @Test
    void closingTwiceOrBeforeTheFirstClientIsFine() throws Exception {
        start();
        server.close();
        server.close();
        server.await();
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void aBusyPortIsSaid() {
        InetSocketAddress address = start();
        ServerOptions same = new ServerOptions(address.getAddress(), address.getPort(), 1, false, 0, false);
        assertThatThrownBy(() -> start(same, AUTO, console.console()))
                .isInstanceOf(LabException.class)
                .hasMessage("port " + address.getPort() + " is already in use");
    }

    @Test
    void itCanBeRestartedOnItsPortAtOnce() throws Exception {
        InetSocketAddress address = start();
        try (Wire client = Wire.connect(address).send("x\n").expect("x\n")) {
            server.close(); // closes first, so its end of the connection goes to TIME-WAIT
            client.expectEnd();
        }
        server = start(
                new ServerOptions(address.getAddress(), address.getPort(), 1, false, 0, false),
                AUTO,
                console.console());
        try (Wire client = Wire.connect(address)) {
            client.send("y\n").expect("y\n");
        }
    }

    @Test
    void ipv6() throws Exception {
        ServerOptions loopback6 = new ServerOptions(InetAddress.getByName("::1"), 0, 10, false, 0, false);
        server = start(loopback6, AUTO, console.console());
        try (Wire client = Wire.connect(server.address())) {
            client.send("x\n").expect("x\n");
            console.awaitOut("Received from ('::1', " + client.localPort() + "): x\n");
        }
        assertThat(console.err())
                .isEqualTo("ready: listening on ('::1', " + server.address().getPort() + ")\n");
    }

    @Test
    void aServerOfAllIpv4AddressesServesNoOther() throws Exception {
        ServerOptions all = new ServerOptions(InetAddress.getByName("0.0.0.0"), 0, 10, true, 0, false);
        server = start(all, AUTO, console.console());
        int port = server.address().getPort();
        assertThatThrownBy(() -> {
                    try (Wire other = Wire.connect(new InetSocketAddress("::1", port))) {
                        other.send("y\n").expectEnd(); // a RST, if it was let in at all
                    }
                })
                .isInstanceOf(IOException.class);
        try (Wire client = Wire.connect(new InetSocketAddress("127.0.0.1", port))) { // the one that --once waits for
            client.send("x\n").expect("x\n").halfClose().expectEnd();
        }
        server.await();
        assertThat(console.out()).doesNotContain("::1");
    }

    @Test
    void aBurstOfClientsIsServed() throws Exception {
        InetSocketAddress address = start(1_000, false, 0, AUTO);
        List<Wire> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                clients.add(Wire.connect(address).send("client " + i + "\n"));
            }
            for (int i = 0; i < 500; i++) {
                clients.get(i).expect("client " + i + "\n");
            }
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
        assertThat(server.awaitClients(0, 10_000)).isTrue();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A client that sends for ever, in a thread of its own, and reads nothing. */
    private static final class Stalled implements AutoCloseable {
        private static final long BLOCKED_NANOS = 2_000_000_000;
        private static final long POLL_NANOS = 5_000_000;

        private static final int SMALL_BUFFER_BYTES = 8 * 1024;

        private final Socket socket = new Socket();
        private final AtomicLong sent = new AtomicLong();
        private final Thread thread = new Thread(this::sendForEver, "stalled");

        Stalled(InetSocketAddress server) throws IOException {
            socket.setReceiveBufferSize(SMALL_BUFFER_BYTES); // soon full
            socket.connect(server);
            thread.start();
        }

        private void sendForEver() {
            byte[] lines = ("x".repeat(8191) + "\n").getBytes(StandardCharsets.US_ASCII); // few, as all are printed
            try {
                OutputStream out = socket.getOutputStream();
                while (true) {
                    out.write(lines);
                    sent.addAndGet(lines.length);
                }
            } catch (IOException e) {
                return; // closed by either side: the end of this story
            }
        }

        long sent() {
            return sent.get();
        }

        /** Until nothing has been taken from it for a while. */
        void awaitBlocked() {
            long since = System.nanoTime();
            for (long before = -1; System.nanoTime() - since < BLOCKED_NANOS; ) {
                if (sent() != before) {
                    before = sent();
                    since = System.nanoTime();
                }
                LockSupport.parkNanos(POLL_NANOS); // not spinning: the server needs the processor
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            join(thread);
        }
    }

    /** A client that sends and reads as fast as it can, in two threads. */
    private static final class Flood implements AutoCloseable {
        private final Stalled sender;
        private final Thread reader;
        private final CountDownLatch replies = new CountDownLatch(100);

        Flood(InetSocketAddress server) throws IOException {
            sender = new Stalled(server); // not for long
            reader = new Thread(this::readForEver, "flood");
            reader.start();
        }

        private void readForEver() {
            byte[] buffer = new byte[16 * 1024];
            try {
                while (sender.socket.getInputStream().read(buffer) >= 0) {
                    replies.countDown();
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError(e);
            } catch (IOException e) {
                return; // closed: the end of this story
            }
        }

        void awaitReplies() throws InterruptedException {
            replies.await();
        }

        @Override
        public void close() throws IOException {
            sender.close();
            join(reader);
        }
    }
}
