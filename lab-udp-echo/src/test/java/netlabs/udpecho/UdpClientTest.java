package netlabs.udpecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.LabException;
import netlabs.common.net.MessageSource;
import netlabs.common.testing.Datagrams;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a server that the test plays by hand. */
@Timeout(60)
class UdpClientTest {
    private static final int SHORT_MILLIS = 100;
    private static final int LONG_MILLIS = 20_000;

    private final TestConsole console = new TestConsole();
    private Datagrams server;

    @BeforeEach
    void listen() throws IOException {
        server = Datagrams.listen();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private FutureTask<Void> start(
            Exercise exercise, UdpClient.Options options, MessageSource messages, boolean typed) {
        FutureTask<Void> client =
                new FutureTask<>(() -> new UdpClient(exercise, options, console.console()).run(messages, typed), null);
        new Thread(client, "client").start();
        return client;
    }

    private UdpClient.Options options(int timeoutMillis, int retries, boolean loop) throws IOException {
        return new UdpClient.Options("127.0.0.1", server.port(), timeoutMillis, retries, loop);
    }

    private FutureTask<Void> start(Exercise exercise, int timeoutMillis, int retries, String... messages)
            throws IOException {
        return start(exercise, options(timeoutMillis, retries, false), MessageSource.of(List.of(messages)), false);
    }

    private String failure(FutureTask<Void> client) throws Exception {
        try {
            client.get(LONG_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(LabException.class);
            return e.getCause().getMessage();
        }
        throw new AssertionError("did not fail; it printed\n" + console.out());
    }

    private String received(String text) throws IOException {
        return text + "\nreceived from ('127.0.0.1', " + server.port() + ")\n";
    }

    @Test
    void eachMessageIsOneDatagramFromOnePort() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "one", "", "  two\n", "");
        server.expect("one");
        InetSocketAddress first = server.peer();
        server.send("ONE")
                .expect("")
                .send("")
                .expect("  two\n")
                .send("  TWO\n")
                .expect("")
                .send("");
        client.get();
        assertThat(server.peer()).isEqualTo(first);
        assertThat(console.out()).isEqualTo(received("ONE") + received("") + received("  TWO\\n") + received(""));
        assertThat(console.err()).isEmpty();
    }

    @Test
    void theFirstMessageMayBeEmpty() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "", "x");
        server.expect("");
        InetSocketAddress first = server.peer();
        server.send("").expect("x").send("X");
        client.get();
        assertThat(server.peer()).isEqualTo(first);
    }

    @Test
    void oneShotTakesOneTypedMessage() throws Exception {
        TestConsole typed = new TestConsole("quit\nmore\n");
        FutureTask<Void> client = start(
                new Upper(),
                options(LONG_MILLIS, 0, false),
                MessageSource.ofKeyboard(typed.console().in()),
                true);
        server.expect("quit").send("QUIT");
        client.get();
        assertThat(console.out()).isEqualTo("Input lowercase sentence: " + received("QUIT"));
    }

    @Test
    void loopAsksUntilQuitWhichIsNotSent() throws Exception {
        TestConsole typed = new TestConsole("one\n\nquit\nmore\n");
        FutureTask<Void> client = start(
                new Upper(),
                options(LONG_MILLIS, 0, true),
                MessageSource.ofKeyboard(typed.console().in()),
                true);
        server.expect("one").send("ONE").expect("").send("");
        client.get();
        server.expectSilence(SHORT_MILLIS);
        String again = "Type lowercase sentence (or \"quit\" to exit): ";
        assertThat(console.out())
                .isEqualTo("Input lowercase sentence: " + received("ONE") + again + received("") + again);
    }

    @Test
    void loopEndsWithItsInput() throws Exception {
        for (String input : List.of("", "quit\n")) {
            TestConsole typed = new TestConsole(input);
            start(
                            new Upper(),
                            options(LONG_MILLIS, 0, true),
                            MessageSource.ofKeyboard(typed.console().in()),
                            true)
                    .get();
        }
        server.expectSilence(SHORT_MILLIS);
    }

    @Test
    void aReplyThatNeverComesIsSaid() throws Exception {
        FutureTask<Void> client = start(new Upper(), SHORT_MILLIS, 0, "x");
        assertThat(failure(client)).isEqualTo("no reply within 100 ms (UDP does not retransmit)");
        server.expect("x").expectSilence(SHORT_MILLIS);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void retriesSendTheSameDatagramAgain() throws Exception {
        FutureTask<Void> client = start(new Upper(), 500, 2, "x");
        server.expect("x").expect("x").send("X");
        client.get();
        assertThat(console.err()).isEqualTo("warning: no reply within 500 ms, sending again (1 of 2)\n");
        assertThat(console.out()).isEqualTo(received("X"));
    }

    @Test
    void retriesEndToo() throws Exception {
        FutureTask<Void> client = start(new Upper(), SHORT_MILLIS, 2, "x");
        assertThat(failure(client)).isEqualTo("no reply within 100 ms, sent 3 times (UDP does not retransmit)");
        server.expect("x").expect("x").expect("x").expectSilence(SHORT_MILLIS);
        assertThat(console.err()).isEqualTo("""
            warning: no reply within 100 ms, sending again (1 of 2)
            warning: no reply within 100 ms, sending again (2 of 2)
            """);
    }

    /** Both copies are answered, and the second answer is there before the next message is sent. */
    @Test
    void aSecondReplyThatIsThereIsNotTakenForTheNext() throws Exception {
        try (PipedOutputStream keys = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(keys)) {
            FutureTask<Void> client =
                    start(new Upper(), options(500, 1, true), MessageSource.ofKeyboard(keyboard), true);
            keys.write("one\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            server.expect("one").expect("one").send("ONE");
            console.awaitOut("Type lowercase");
            server.send("ONE");
            keys.write("two\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            server.expect("two").send("TWO");
            console.awaitOut(received("TWO"));
            keys.write("quit\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            client.get();
            assertThat(console.err())
                    .isEqualTo("warning: no reply within 500 ms, sending again (1 of 1)\n"
                            + "warning: a late or second reply was dropped: 'ONE'\n");
        }
    }

    /** The second answer is overtaken by the next message. */
    @Test
    void aSecondReplyThatComesLateIsNotTakenForTheNext() throws Exception {
        FutureTask<Void> client = start(new Upper(), 500, 1, "one", "two", "three");
        server.expect("one").expect("one").send("ONE").expect("two").send("ONE").send("TWO");
        server.expect("three").send("THREE");
        client.get();
        assertThat(console.out()).isEqualTo(received("ONE") + received("TWO") + received("THREE"));
        assertThat(console.err()).contains("warning: a late or second reply was dropped: 'ONE'\n");
    }

    /** UDP itself may copy a datagram. */
    @Test
    void aReplyThatComesTwiceIsNotTakenForTheNext() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "one", "two");
        server.expect("one").send("ONE").expect("two").send("ONE").send("TWO");
        client.get();
        assertThat(console.out()).isEqualTo(received("ONE") + received("TWO"));
        assertThat(console.err()).contains("warning: a late or second reply was dropped: 'ONE'\n");
    }

    /** A server of one's own may answer what it likes. */
    @Test
    void aServerMayAnswerAlwaysTheSame() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "one", "two");
        server.expect("one").send("42").expect("two").send("42");
        client.get();
        assertThat(console.out()).isEqualTo(received("42") + received("42"));
    }

    @Test
    void aFloodOfLateRepliesDoesNotExtendTheWait() throws Exception {
        FutureTask<Void> client = start(new Upper(), 300, 1, "one", "two");
        server.expect("one").expect("one").send("ONE").expect("two");
        for (int i = 0; i < 10_000 && !client.isDone(); i++) {
            server.send("ONE");
        }
        assertThatThrownBy(() -> client.get(LONG_MILLIS, TimeUnit.MILLISECONDS))
                .hasRootCauseInstanceOf(LabException.class);
    }

    @Test
    void datagramsOfOthersAreNotReplies() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "x", "", "y");
        server.expect("x");
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getByName("127.0.0.1"), server.peer().getPort());
        try (Datagrams other = Datagrams.to(address)) {
            other.send("NOT X");
            server.send("X").expect("");
            for (int i = 0; i < 50; i++) {
                other.send("NOT EMPTY");
            }
            server.send("").expect("y").send("Y");
            client.get();
        }
        assertThat(console.out()).isEqualTo(received("X") + received("") + received("Y"));
    }

    @Test
    void aFloodOfOthersDoesNotExtendTheWait() throws Exception {
        FutureTask<Void> client = start(new Upper(), 300, 0, ""); // empty: the socket is not connected
        server.expect("");
        long before = System.nanoTime();
        try (Datagrams other = Datagrams.to(new InetSocketAddress(
                InetAddress.getByName("127.0.0.1"), server.peer().getPort()))) {
            while (!client.isDone()) {
                other.send("FLOOD");
                assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(LONG_MILLIS);
            }
        }
        assertThat(failure(client)).isEqualTo("no reply within 300 ms (UDP does not retransmit)");
    }

    @Test
    void noServerIsSaidAtOnce() throws Exception {
        int port = server.port();
        server.close();
        for (Exercise exercise : List.of(new Upper(), new Chat(), new Print())) {
            UdpClient.Options options = new UdpClient.Options("127.0.0.1", port, LONG_MILLIS, 3, false);
            long before = System.nanoTime();
            assertThat(failure(start(exercise, options, MessageSource.of(List.of("x")), false)))
                    .isEqualTo("port unreachable at 127.0.0.1:" + port + " (ICMP) - is the server running?");
            assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(LONG_MILLIS / 2);
        }
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aServerThatEndsInBetweenIsSaid() throws Exception {
        try (PipedOutputStream keys = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(keys)) {
            FutureTask<Void> client =
                    start(new Upper(), options(LONG_MILLIS, 0, true), MessageSource.ofKeyboard(keyboard), true);
            keys.write("one\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            server.expect("one").send("ONE");
            console.awaitOut(received("ONE"));
            server.close();
            keys.write("two\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            assertThat(failure(client)).startsWith("port unreachable at 127.0.0.1:");
        }
    }

    @Test
    void theLongestMessageIsSentAndALongerOneIsNot() throws Exception {
        String longest = "x".repeat(PayloadLimit.IPV4_BYTES);
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, longest, longest + "x");
        server.expect(longest).send(longest.toUpperCase(java.util.Locale.ROOT));
        assertThat(failure(client)).isEqualTo("message longer than 65507 bytes: '" + "x".repeat(40) + "...'");
        server.expectSilence(SHORT_MILLIS);
    }

    @Test
    void ipv6HasALimitOfItsOwn() throws Exception {
        try (UdpServer ipv6 = UdpServer.start(
                new Upper(),
                new UdpServer.Options(InetAddress.getByName("::1"), 0, true),
                new TestConsole().console())) {
            UdpClient.Options options =
                    new UdpClient.Options("::1", ipv6.address().getPort(), LONG_MILLIS, 0, false);
            List<String> messages =
                    List.of("x".repeat(PayloadLimit.IPV6_BYTES), "", "y".repeat(PayloadLimit.IPV6_BYTES + 1));
            assertThat(failure(start(new Upper(), options, MessageSource.of(messages), false)))
                    .startsWith("message longer than 65527 bytes: 'y");
            assertThat(console.out())
                    .isEqualTo("X".repeat(PayloadLimit.IPV6_BYTES) + "\nreceived from ('::1', "
                            + ipv6.address().getPort() + ")\n\nreceived from ('::1', "
                            + ipv6.address().getPort() + ")\n");
        }
    }

    /** Where a name has an IPv4 and an IPv6 address, ICMP tells that the first is the wrong one. */
    @Test
    void theNextAddressOfAHostIsTried() throws Exception {
        InetAddress[] addresses = InetAddress.getAllByName("localhost");
        try (UdpServer last = UdpServer.start(
                new Upper(),
                new UdpServer.Options(addresses[addresses.length - 1], 0, true),
                new TestConsole().console())) {
            int port = last.address().getPort();
            start(
                            new Upper(),
                            new UdpClient.Options("localhost", port, LONG_MILLIS, 0, false),
                            MessageSource.of(List.of("a", "b")),
                            false)
                    .get();
        }
        assertThat(console.out()).startsWith("A\nreceived from ('").contains("B\nreceived from ('");
    }

    @Test
    void theWildcardAddressIsThisHost() throws Exception {
        UdpClient.Options options = new UdpClient.Options("0.0.0.0", server.port(), LONG_MILLIS, 0, false);
        FutureTask<Void> client = start(new Upper(), options, MessageSource.of(List.of("a", "", "b")), false);
        server.expect("a").send("A").expect("").send("").expect("b").send("B");
        client.get();
        assertThat(console.out()).isEqualTo(received("A") + received("") + received("B"));
    }

    @Test
    void anErrorOfTheServerIsNoReply() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "x");
        server.expect("x").send(Upper.tooLong(PayloadLimit.IPV4_BYTES));
        assertThat(failure(client))
                .isEqualTo("127.0.0.1:" + server.port()
                        + " answered with an error: the reply would be longer than 65507 bytes");
    }

    @Test
    void whatComesIsMadeHarmless() throws Exception {
        FutureTask<Void> client = start(new Upper(), LONG_MILLIS, 0, "x", "y");
        server.expect("x").send("\u001b[2J\n").expect("y").send(new byte[] {(byte) 0xfe});
        client.get();
        assertThat(console.out()).isEqualTo(received("\\x1b[2J\\n") + received("\ufffd"));
        assertThat(console.err()).contains("not valid UTF-8");
    }

    @Test
    void printSendsAndWaitsForNothing() throws Exception {
        FutureTask<Void> client = start(new Print(), LONG_MILLIS, 0, "a", "", "b");
        client.get();
        server.expect("a").expect("").expect("b");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void printTakesAnyNumberOfTypedLinesUnasked() throws Exception {
        TestConsole typed = new TestConsole("a\nquit\n");
        start(
                        new Print(),
                        options(LONG_MILLIS, 0, false),
                        MessageSource.ofKeyboard(typed.console().in()),
                        true)
                .get();
        server.expect("a").expect("quit");
        assertThat(console.out()).isEmpty();
    }

    /** What was typed at the server while nobody asked is shown before the next message is sent. */
    @Test
    void chatShowsWhatWasTypedUnasked() throws Exception {
        try (PipedOutputStream keys = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(keys)) {
            FutureTask<Void> client =
                    start(new Chat(), options(LONG_MILLIS, 0, false), MessageSource.ofKeyboard(keyboard), true);
            keys.write("hi\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            server.expect("hi").send("hello");
            console.awaitOut(received("hello"));
            server.send("are you there?");
            keys.write("yes\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            server.expect("yes").send("good");
            console.awaitOut(received("good"));
            server.send("bye");
            keys.write("quit\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            client.get();
            String again = "Type lowercase sentence (or \"quit\" to exit): ";
            assertThat(console.out())
                    .isEqualTo("Input lowercase sentence: " + received("hello") + again + received("are you there?")
                            + received("good") + again + received("bye"));
            assertThat(console.err()).isEmpty();
        }
    }
}
