package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages read from a real socket. */
@Timeout(30)
class MessageReaderTest {
    private static final int QUIET_MILLIS = 50;
    private static final int IDLE_MILLIS = 5_000;
    private static final byte[] GREETING = "Welcome!".getBytes(StandardCharsets.US_ASCII);

    private Wire peer;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            peer = Wire.connect((java.net.InetSocketAddress) listener.getLocalSocketAddress());
            connection = new Connection(listener.accept());
        }
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        connection.close();
    }

    private MessageReader reader(Framing framing, int idleMillis) {
        return new MessageReader(connection, new MessageOptions(framing, QUIET_MILLIS), idleMillis);
    }

    private static List<String> all(MessageReader reader) throws IOException {
        List<String> messages = new ArrayList<>();
        while (reader.next()) {
            messages.add(reader.text() + "|" + reader.ending());
        }
        return messages;
    }

    @Test
    void linesOfOneSegmentAndOneLineOfManySegments() throws Exception {
        peer.send("a\nb\r\nc").sendByteByByte("de\n").halfClose();
        assertThat(all(reader(Framing.AUTO, IDLE_MILLIS))).containsExactly("a|LF", "b|CRLF", "cde|LF");
    }

    @Test
    void aPauseEndsABareMessage() throws Exception {
        MessageReader reader = reader(Framing.AUTO, IDLE_MILLIS);
        for (String message : List.of("HELLO", "again")) {
            peer.send(message);
            assertThat(reader.next()).isTrue();
            assertThat(reader.text()).isEqualTo(message);
            assertThat(reader.ending()).isEqualTo(Ending.NONE);
        }
    }

    @Test
    void aPauseCutsNoLineAfterAFirstLine() throws Exception {
        MessageReader reader = reader(Framing.AUTO, IDLE_MILLIS);
        peer.send("first\nsec");
        assertThat(reader.next()).isTrue();
        peer.expectSilence(3 * QUIET_MILLIS);
        peer.send("ond\n");
        assertThat(reader.next()).isTrue();
        assertThat(reader.text()).isEqualTo("second");
    }

    @Test
    void aPeerThatVanishesInTheMiddleOfALineIsReported() throws Exception {
        MessageReader reader = reader(Framing.LINE, QUIET_MILLIS);
        peer.send("HEL");
        assertThatThrownBy(reader::next).isInstanceOf(SocketTimeoutException.class);
        assertThat(reader.pending()).isEqualTo(3);
    }

    @Test
    void aGreetingIsTakenAsSoonAsItIsThere() throws Exception {
        MessageReader reader = reader(Framing.LINE, IDLE_MILLIS);
        peer.sendByteByByte("Welcome!");
        assertThat(reader.greeting(GREETING)).isEqualTo(GREETING);
        peer.send("reply\n");
        assertThat(reader.next()).isTrue();
        assertThat(reader.text()).isEqualTo("reply");
    }

    @Test
    void aGreetingMayEndWithANewline() throws Exception {
        for (String newline : List.of("\n", "\r\n")) {
            MessageReader reader = reader(Framing.LINE, IDLE_MILLIS);
            peer.send("Welcome!" + newline + "reply\n");
            assertThat(reader.greeting(GREETING)).isEqualTo(GREETING);
            assertThat(reader.next()).isTrue();
            assertThat(reader.text()).isEqualTo("reply");
        }
    }

    @Test
    void anotherGreetingEndsAtItsNewlineOrAtAPause() throws Exception {
        for (String other :
                List.of("Hi\n", "Wel\n", "Willkommen\n", "Hi", "Welcome! Have fun\n", "Welcome! Have fun")) {
            MessageReader reader = reader(Framing.LINE, IDLE_MILLIS);
            peer.send(other);
            assertThat(new String(reader.greeting(GREETING), StandardCharsets.US_ASCII))
                    .isEqualTo(other.strip());
            peer.send("reply\n");
            assertThat(reader.next()).isTrue();
            assertThat(reader.text()).isEqualTo("reply");
        }
    }

    @Test
    void aLongOtherGreetingThatBeginsLikeTheExpectedOne() throws Exception {
        String rest = "x".repeat(40_000);
        MessageReader reader = reader(Framing.LINE, IDLE_MILLIS);
        peer.send("Welc");
        FutureTask<byte[]> greeting = new FutureTask<>(() -> reader.greeting(GREETING));
        new Thread(greeting).start();
        peer.send(rest + "\nreply\n");
        assertThat(new String(greeting.get(), StandardCharsets.US_ASCII)).isEqualTo("Welc" + rest);
        assertThat(reader.next()).isTrue();
        assertThat(reader.text()).isEqualTo("reply");
    }

    @Test
    void theEndBeforeAGreetingIsAnEmptyOne() throws Exception {
        peer.halfClose();
        assertThat(reader(Framing.LINE, IDLE_MILLIS).greeting(GREETING)).isNull();
    }

    @Test
    void aGreetingThatStopsHalfWayTimesOut() throws Exception {
        peer.send("Welc");
        assertThatThrownBy(() -> reader(Framing.LINE, QUIET_MILLIS).greeting(GREETING))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aDeadlineIsForAllBytesTogether() throws Exception {
        MessageReader reader = reader(Framing.LINE, IDLE_MILLIS);
        reader.within(4 * QUIET_MILLIS);
        FutureTask<Boolean> next = new FutureTask<>(reader::next);
        new Thread(next).start();
        while (!next.isDone()) {
            peer.send("x").expectSilence(QUIET_MILLIS / 2);
        }
        assertThatThrownBy(next::get).hasCauseInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void oneReceiveIsWhateverCame() throws Exception {
        peer.send("a\nb");
        assertThat(new String(reader(Framing.LINE, IDLE_MILLIS).nextReceive(), StandardCharsets.UTF_8))
                .isEqualTo("a\nb");
        peer.halfClose();
        assertThat(reader(Framing.LINE, IDLE_MILLIS).nextReceive()).isEmpty();
    }
}
