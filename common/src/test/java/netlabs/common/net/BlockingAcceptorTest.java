package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The accept loop under a service that sends each line back. */
@Timeout(30)
class BlockingAcceptorTest {
    private static final int IDLE_MILLIS = 200;

    private final TestConsole console = new TestConsole();
    private BlockingAcceptor acceptor;

    private InetSocketAddress start(boolean once, int idleTimeoutMillis, BlockingAcceptor.Service service) {
        ServerOptions options =
                new ServerOptions(InetAddress.getLoopbackAddress(), 0, 100, once, idleTimeoutMillis, false);
        acceptor = BlockingAcceptor.bind(
                options, new ThreadModel.Iterative(), console.console().err());
        acceptor.start(service);
        return acceptor.address();
    }

    private InetSocketAddress start(boolean once, int idleTimeoutMillis) {
        return start(once, idleTimeoutMillis, client -> echoLines(client, idleTimeoutMillis));
    }

    private static void echoLines(Connection client, int idleTimeoutMillis) throws IOException {
        MessageReader messages = new MessageReader(client, MessageOptions.REPLIES, idleTimeoutMillis);
        while (messages.next()) {
            client.send((messages.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        if (acceptor != null) {
            acceptor.close();
        }
    }

    @Test
    void theReadyLineHasTheRealPort() {
        InetSocketAddress address = start(false, 0);
        assertThat(address.getPort()).isPositive();
        assertThat(console.err()).isEqualTo("ready: listening on ('127.0.0.1', " + address.getPort() + ")\n");
    }

    @Test
    void aBusyPortIsSaid() {
        InetSocketAddress address = start(false, 0);
        ServerOptions same = new ServerOptions(address.getAddress(), address.getPort(), 100, false, 0, false);
        assertThatThrownBy(() -> BlockingAcceptor.bind(
                        same, new ThreadModel.Iterative(), console.console().err()))
                .isInstanceOf(LabException.class)
                .hasMessage("port " + address.getPort() + " is already in use");
    }

    @Test
    void aForeignAddressIsSaid() throws Exception {
        ServerOptions foreign = new ServerOptions(InetAddress.getByName("192.0.2.1"), 0, 1, false, 0, false);
        assertThatThrownBy(() -> BlockingAcceptor.bind(
                        foreign, new ThreadModel.Iterative(), console.console().err()))
                .isInstanceOf(LabException.class)
                .hasMessage("192.0.2.1 is not an address of this machine");
    }

    @Test
    void itCanBeRestartedOnItsPortAtOnce() throws Exception {
        InetSocketAddress address = start(false, 0);
        try (Wire client = Wire.connect(address)) {
            client.send("x\n").expect("x\n");
            acceptor.close(); // closes first, so its end of the connection goes to TIME-WAIT
            client.expectEnd();
        }
        ServerOptions same = new ServerOptions(address.getAddress(), address.getPort(), 100, false, 0, false);
        acceptor = BlockingAcceptor.bind(
                same, new ThreadModel.Iterative(), console.console().err());
        assertThat(acceptor.address()).isEqualTo(address);
    }

    @Test
    @EnabledOnOs(OS.LINUX) // how long the queue gets, and what happens then, is the kernel's choice
    void clientsOverTheLimitAreNotLetIntoTheQueue() throws Exception {
        ServerOptions three = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 3, false, 0, false);
        acceptor = BlockingAcceptor.bind(
                three, new ThreadModel.Iterative(), console.console().err());
        acceptor.start(client -> echoLines(client, 0));
        InetSocketAddress address = acceptor.address();
        try (Wire served = Wire.connect(address).send("x\n").expect("x\n");
                Wire waiting = Wire.connect(address);
                Wire last = Wire.connect(address);
                Socket outside = new Socket()) {
            assertThatThrownBy(() -> outside.connect(address, IDLE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            served.halfClose().expectEnd();
            waiting.send("y\n").expect("y\n").halfClose().expectEnd();
            last.send("z\n").expect("z\n");
        }
    }

    @Test
    void onceServesOneClientAndEnds() throws Exception {
        InetSocketAddress address = start(true, 0);
        try (Wire client = Wire.connect(address)) {
            client.send("x\n").expect("x\n").halfClose().expectEnd();
        }
        acceptor.await();
        assertThatThrownBy(() -> Wire.connect(address)).isInstanceOf(IOException.class);
    }

    @Test
    void onceWithAClientThatFailsFails() throws Exception {
        Wire client = Wire.connect(start(true, 0));
        client.send("x\n").expect("x\n").reset();
        assertThatThrownBy(acceptor::await)
                .isInstanceOf(LabException.class)
                .hasMessage("client ('127.0.0.1', " + client.localPort() + ") reset the connection");
    }

    @Test
    void aClientThatFailsIsReportedAndTheNextOneServed() throws Exception {
        InetSocketAddress address = start(false, 0);
        Wire.connect(address).send("HEL").reset();
        console.awaitErr("reset the connection");
        try (Wire next = Wire.connect(address)) {
            next.send("x\n").expect("x\n");
        }
    }

    @Test
    void aSilentClientIsDisconnected() throws Exception {
        InetSocketAddress address = start(false, IDLE_MILLIS);
        try (Wire silent = Wire.connect(address)) {
            silent.send("HEL").expectGone();
        }
        console.awaitErr("sent nothing for too long (idle timeout)");
    }

    @Test
    void aClientThatTakesNoRepliesIsDisconnected() throws Exception {
        byte[] large = new byte[32 << 20]; // more than the socket buffers of both sides hold
        InetSocketAddress address = start(false, IDLE_MILLIS, client -> client.send(large));
        try (Wire stalled = Wire.connect(address)) {
            console.awaitErr("took nothing for too long");
            stalled.expectGone();
        }
    }

    @Test
    void closingAnswersWhatHadArrived() throws Exception {
        assertClosingAnswers("one\ntwo\nthr", false, "one\ntwo\n");
    }

    @Test
    void closingAnswersALastMessageThatAHalfCloseEnded() throws Exception {
        assertClosingAnswers("one\ntwo", true, "one\ntwo\n");
    }

    private void assertClosingAnswers(String sent, boolean halfClose, String answered) throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        InetSocketAddress address = start(false, 0, client -> {
            serving.countDown();
            awaitUninterrupted(goOn);
            echoLines(client, 0);
        });
        try (Wire client = Wire.connect(address)) {
            client.send(sent);
            if (halfClose) {
                client.halfClose();
            }
            serving.await();
            Thread closing = new Thread(acceptor::close);
            closing.start();
            awaitRefusal(address); // close has begun: the lines are received, but not yet answered
            awaitStopping(closing);
            goOn.countDown();
            client.expect(answered).expectEnd();
            closing.join();
        }
    }

    /** Until the closing thread waits for the acceptor, and so has told the connection to stop. */
    private static void awaitStopping(Thread closing) {
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingEndsABlockedReceive() throws Exception {
        InetSocketAddress address = start(false, 0);
        try (Wire client = Wire.connect(address)) {
            client.send("x\n").expect("x\n");
            acceptor.close();
            client.expectEnd();
            acceptor.await();
        }
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void closingEndsABlockedSendAfterTheGrace() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        InetSocketAddress address = start(false, 0, client -> {
            serving.countDown();
            client.send(new byte[32 << 20]);
        });
        try (Wire stalled = Wire.connect(address)) {
            serving.await();
            acceptor.close();
            stalled.expectGone();
            acceptor.await();
        }
        assertThat(console.err())
                .contains("was disconnected: not all it had sent was answered")
                .hasLineCount(2);
    }

    @Test
    void closingReturnsEvenIfTheServiceIsStuckElsewhere() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        InetSocketAddress address = start(false, 0, client -> {
            serving.countDown();
            awaitUninterrupted(stuck); // a standard output that nobody reads
        });
        try (Wire client = Wire.connect(address)) {
            serving.await();
            acceptor.close();
            assertThat(console.err()).hasLineCount(1);
            client.expectGone();
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void whatTheServerCannotSurviveEndsIt() throws Exception {
        InetSocketAddress address = start(false, 0, client -> {
            throw new LabException("disk full");
        });
        try (Wire client = Wire.connect(address)) {
            client.expectGone();
        }
        assertThatThrownBy(acceptor::await).isInstanceOf(LabException.class).hasMessage("disk full");
    }

    /** It is said, that client is reset, and the others are served on. */
    @Test
    void aBugThatOneClientMeetsEndsThatClient() throws Exception {
        InetSocketAddress address = start(false, 0, client -> {
            byte[] received = new byte[1];
            client.receive(received, 0);
            if (received[0] == 'x') {
                throw new IllegalStateException("a bug");
            }
            client.send(received);
        });
        try (Wire first = Wire.connect(address);
                Wire second = Wire.connect(address)) {
            first.send("x").expectGone();
            console.awaitErr(" failed: internal error: java.lang.IllegalStateException: a bug\n");
            second.send("y").expect("y");
        }
    }

    @Test
    void anErrorOfTheMachineEndsTheServer() throws Exception {
        InetSocketAddress address = start(false, 0, client -> {
            client.receive(new byte[1], 0);
            throw new NoClassDefFoundError("half a jar");
        });
        try (Wire client = Wire.connect(address)) {
            client.send("x").expectGone();
        }
        assertThatThrownBy(acceptor::await).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void aLastWordReachesAClientThatIsStillSending() throws Exception {
        byte[] word = "error: enough\n".getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress address = start(false, 0, client -> {
            client.send(word);
            client.finish(1_000);
        });
        try (Wire client = Wire.connect(address)) {
            client.send(new byte[1 << 20]).expect("error: enough\n").expectEnd();
        }
    }

    private static void awaitRefusal(InetSocketAddress address) {
        while (true) {
            try {
                Wire.connect(address).close();
                Thread.onSpinWait();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
