package netlabs.udpecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Transcript;
import netlabs.common.net.MessageSource;
import netlabs.common.net.SocketAddresses;
import netlabs.common.testing.Datagrams;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server against clients that the test plays by hand. */
@Timeout(60)
class UdpServerTest {
    private static final int SILENCE_MILLIS = 100;

    private final TestConsole console = new TestConsole();

    private static UdpServer.Options options(String address, int port, boolean quiet) throws IOException {
        return new UdpServer.Options(InetAddress.getByName(address), port, quiet);
    }

    private UdpServer start(Exercise exercise) throws IOException {
        return UdpServer.start(exercise, options("127.0.0.1", 0, false), console.console());
    }

    private static byte[] repeated(char c, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }

    private static String tuple(Datagrams client) throws IOException {
        return "('127.0.0.1', " + client.port() + ")";
    }

    @Test
    void upper() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("hello, world")
                    .expect("HELLO, WORLD")
                    .send("Ärger, straße \u20ac")
                    .expect("ÄRGER, STRASSE \u20ac");
            assertThat(console.err())
                    .isEqualTo("ready: listening on " + SocketAddresses.tuple(server.address()) + "\n");
            assertThat(console.out())
                    .isEqualTo("the server is ready to receive\nHELLO, WORLD\nabove message received from "
                            + tuple(client)
                            + "\nÄRGER, STRASSE \u20ac\nabove message received from "
                            + tuple(client)
                            + "\n");
        }
    }

    @Test
    void quietPrintsNoLinePerMessage() throws Exception {
        try (UdpServer server = UdpServer.start(new Upper(), options("127.0.0.1", 0, true), console.console());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("a").expect("A").send("ß").expect("SS");
            assertThat(console.out()).isEqualTo("the server is ready to receive\n");
        }
    }

    @Test
    void anEmptyDatagramIsAMessage() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("").expect("").send("x").expect("X");
            assertThat(console.out()).contains("receive\n\nabove message received from");
        }
    }

    @Test
    void theLongestDatagramArrivesWholeBothWays() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send(repeated('x', PayloadLimit.IPV4_BYTES)).expect(repeated('X', PayloadLimit.IPV4_BYTES));
        }
    }

    @Test
    void ipv6HasRoomForTwentyBytesMore() throws Exception {
        try (UdpServer server = UdpServer.start(new Upper(), options("::1", 0, false), console.console());
                Datagrams client = Datagrams.to(server.address())) {
            client.send(repeated('x', PayloadLimit.IPV6_BYTES)).expect(repeated('X', PayloadLimit.IPV6_BYTES));
            assertThat(console.err()).contains("ready: listening on ('::1', ");
            assertThat(console.out()).contains("above message received from ('::1', " + client.port() + ")\n");
        }
    }

    @Test
    void allIpv4AddressesAreNotIpv6OnesToo() throws Exception {
        try (UdpServer server = UdpServer.start(new Upper(), options("0.0.0.0", 0, false), console.console());
                UdpServer other = UdpServer.start(
                        new Upper(), options("::1", server.address().getPort(), false), new TestConsole().console());
                Datagrams client = Datagrams.to(new InetSocketAddress(
                        InetAddress.getByName("127.0.0.1"), server.address().getPort()))) {
            client.send("a").expect("A");
            assertThat(console.err()).contains("ready: listening on ('0.0.0.0', ");
            assertThat(other.address().getPort()).isEqualTo(server.address().getPort());
        }
    }

    @Test
    void allAddressesAreBothKinds() throws Exception {
        try (UdpServer server = UdpServer.start(new Upper(), options("::", 0, false), console.console())) {
            for (String host : List.of("127.0.0.1", "::1")) {
                try (Datagrams client = Datagrams.to(new InetSocketAddress(
                        InetAddress.getByName(host), server.address().getPort()))) {
                    client.send("a").expect("A");
                    assertThat(console.out()).contains("received from ('" + host + "', " + client.port() + ")\n");
                }
            }
            assertThat(console.err()).contains("ready: listening on ('::', ");
        }
    }

    @Test
    void aReplyThatDoesNotFitIsSaidToBothSides() throws Exception {
        byte[] message = "ß".repeat(PayloadLimit.IPV4_BYTES / 2).getBytes(StandardCharsets.UTF_8); // SS: as long
        byte[] longer = "\u0390".repeat(PayloadLimit.IPV4_BYTES / 2).getBytes(StandardCharsets.UTF_8); // 6 bytes for 2
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send(message).expect(repeated('S', message.length));
            client.send(longer).expect("error: the reply would be longer than 65507 bytes");
            assertThat(console.err())
                    .contains("warning: the reply to " + tuple(client)
                            + " has 196518 bytes, and a datagram holds 65507: an error was sent instead\n");
            client.send("x").expect("X");
        }
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("a\n\u001b[2J").expect("A\n\u001b[2J");
            assertThat(console.out()).contains("A\\n\\x1b[2J\nabove");
        }
    }

    @Test
    void malformedUtf8IsSaid() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            client.send(new byte[] {'a', (byte) 0xff, 'b'}).expect("A\ufffdB");
            assertThat(console.err())
                    .contains("warning: a message is not valid UTF-8, shown with U+FFFD where it is damaged\n");
            assertThat(console.out()).contains("A\ufffdB\n");
        }
    }

    /** The reply hits a closed port; the ICMP error that comes back must reach nobody. */
    @Test
    void aClientThatClosedBeforeTheReplyDisturbsNobody() throws Exception {
        try (UdpServer server = start(new Upper());
                Datagrams client = Datagrams.to(server.address())) {
            for (int i = 0; i < 100; i++) {
                try (Datagrams gone = Datagrams.to(server.address())) {
                    gone.send("gone " + i);
                }
            }
            client.send("here").expect("HERE").send("again").expect("AGAIN");
        }
        assertThat(console.out()).contains("GONE 0\n", "GONE 99\n");
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    void aHundredAndTwentyClientsAtOnceEachGetTheirOwnReply() throws Exception {
        try (UdpServer server = start(new Upper())) {
            List<Datagrams> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 120; i++) {
                    clients.add(Datagrams.to(server.address()));
                }
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < clients.size(); i++) {
                        clients.get(i).send("client " + i + " round " + round);
                    }
                    for (int i = 0; i < clients.size(); i++) {
                        clients.get(i).expect("CLIENT " + i + " ROUND " + round);
                    }
                }
            } finally {
                for (Datagrams client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void aSecondServerOnThePortIsRefused() throws Exception {
        try (UdpServer first = start(new Upper());
                Datagrams client = Datagrams.to(first.address())) {
            for (String address : List.of("127.0.0.1", "0.0.0.0")) {
                assertThatThrownBy(() -> UdpServer.bind(
                                new Upper(),
                                options(address, first.address().getPort(), false),
                                new TestConsole().console()))
                        .isInstanceOf(LabException.class)
                        .hasMessage("port " + first.address().getPort() + " is already in use");
            }
            client.send("a").expect("A");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertThatThrownBy(() -> UdpServer.bind(new Upper(), options("192.0.2.1", 0, false), console.console()))
                .isInstanceOf(LabException.class)
                .hasMessage("192.0.2.1 is not an address of this machine");
    }

    /** Blocks the server in its first line until the test has sent everything and asked it to stop. */
    @Test
    void whatHadArrivedIsAnsweredWhenTheServerIsClosed() throws Exception {
        CountDownLatch printing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError();
            }

            @Override
            public void write(byte[] line, int offset, int length) {
                if (new String(line, StandardCharsets.UTF_8).equals("M0\n")) {
                    printing.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
        Console blocking = new Console(
                console.console().in(), new Transcript(out), console.console().err());
        UdpServer server = UdpServer.start(new Upper(), options("127.0.0.1", 0, false), blocking);
        try (server;
                Datagrams client = Datagrams.to(server.address())) {
            for (int i = 0; i < 200; i++) {
                client.send("m" + i);
            }
            printing.await();
            Thread closing = new Thread(server::close, "closing");
            closing.start();
            while (closing.getState() == Thread.State.NEW || closing.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait(); // until it waits for the receiver: the server has been told to stop
            }
            goOn.countDown();
            for (int i = 0; i < 200; i++) {
                client.expect("M" + i);
            }
            closing.join();
            client.send("too late").expectSilence(SILENCE_MILLIS);
            server.await();
        }
    }

    @Test
    void closingEndsInTimeAlsoUnderAFlood() throws Exception {
        UdpServer server = UdpServer.start(new Upper(), options("127.0.0.1", 0, true), console.console());
        CountDownLatch flooding = new CountDownLatch(1_000);
        Thread flood = new Thread("flood") {
            @Override
            public void run() {
                try (Datagrams client = Datagrams.to(server.address())) {
                    while (!isInterrupted()) {
                        client.send("x");
                        flooding.countDown();
                    }
                } catch (IOException e) {
                    return; // interrupted in the middle of a send
                }
            }
        };
        flood.start();
        flooding.await();
        long before = System.nanoTime();
        server.close();
        assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(10_000);
        flood.interrupt();
        flood.join();
        server.await();
    }

    @Test
    void closingAServerThatNeverStartedFreesThePort() throws Exception {
        UdpServer server = UdpServer.bind(new Upper(), options("127.0.0.1", 0, false), console.console());
        int port = server.address().getPort();
        server.close();
        UdpServer.bind(new Upper(), options("127.0.0.1", port, false), console.console())
                .close();
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aTranscriptThatCannotBeWrittenEndsTheServer() throws Exception {
        OutputStream full = new OutputStream() {
            private int lines;

            @Override
            public void write(int b) {
                throw new AssertionError();
            }

            @Override
            public void write(byte[] line, int offset, int length) throws IOException {
                if (++lines > 1) {
                    throw new IOException("No space left on device");
                }
            }
        };
        Console broken = new Console(
                console.console().in(), new Transcript(full), console.console().err());
        try (UdpServer server = UdpServer.start(new Upper(), options("127.0.0.1", 0, false), broken);
                Datagrams client = Datagrams.to(server.address())) {
            client.send("x");
            assertThatThrownBy(server::await)
                    .isInstanceOf(LabException.class)
                    .hasMessage("cannot write to standard output: No space left on device");
        }
    }

    @Test
    void printAnswersNothing() throws Exception {
        try (UdpServer server = start(new Print());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("Hello, World!").send("").send("a\nb");
            console.awaitOut("a\\nb\n");
            assertThat(console.out())
                    .isEqualTo("Received from " + tuple(client) + ": Hello, World!\nReceived from " + tuple(client)
                            + ": \nReceived from " + tuple(client) + ": a\\nb\n");
            client.expectSilence(SILENCE_MILLIS);
        }
    }

    @Test
    void printHasPrintedWhatHadArrivedWhenItIsClosed() throws Exception {
        UdpServer server = start(new Print());
        try (Datagrams client = Datagrams.to(server.address())) {
            for (int i = 0; i < 250; i++) {
                client.send("m" + i);
            }
        }
        server.close();
        assertThat(console.out()).contains(": m0\n", ": m249\n").hasLineCount(250);
    }

    @Test
    void chat() throws Exception {
        try (UdpServer server = start(new Chat());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("hi");
            console.awaitOut("You (Server): ");
            server.answer("hello yourself".getBytes(StandardCharsets.UTF_8));
            client.expect("hello yourself").send("");
            console.awaitOut("You (Server): Client: \nYou (Server): ");
            server.answer(new byte[0]);
            client.expect("");
            assertThat(console.out())
                    .isEqualTo("Server is ready to chat.\nClient: hi\nYou (Server): Client: \nYou (Server): ");
        }
    }

    @Test
    void theAnswerGoesToTheClientThatWroteLast() throws Exception {
        try (UdpServer server = start(new Chat());
                Datagrams one = Datagrams.to(server.address());
                Datagrams two = Datagrams.to(server.address())) {
            one.send("I am one");
            console.awaitOut("Client: I am one\nYou (Server): ");
            two.send("I am two");
            console.awaitOut("Client: I am one\nYou (Server): \nClient: I am two\nYou (Server): ");
            server.answer("two?".getBytes(StandardCharsets.UTF_8));
            two.expect("two?");
            one.expectSilence(SILENCE_MILLIS).send("and I?");
            console.awaitOut("Client: and I?\n");
            server.answer("one?".getBytes(StandardCharsets.UTF_8));
            one.expect("one?");
            two.expectSilence(SILENCE_MILLIS);
        }
    }

    @Test
    void whatIsTypedBeforeAnybodyWroteIsSaid() throws Exception {
        PipedOutputStream keys = new PipedOutputStream(); // closed by the test: Ctrl-D
        try (UdpServer server = start(new Chat());
                PipedInputStream keyboard = new PipedInputStream(keys);
                Datagrams client = Datagrams.to(server.address())) {
            server.answerFrom(MessageSource.ofKeyboard(keyboard));
            keys.write("anybody?\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            console.awaitErr("warning: nobody has written yet: 'anybody?' was not sent\n");
            client.send("me");
            console.awaitOut("Client: me\n");
            keys.write("you\nand more, unasked\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            client.expect("you").expect("and more, unasked");
            keys.close();
            console.awaitErr("standard input has ended");
            client.send("still there?");
            console.awaitOut("Client: still there?\n");
        }
    }

    @Test
    void anAnswerThatDoesNotFitIsNotSent() throws Exception {
        try (UdpServer server = start(new Chat());
                Datagrams client = Datagrams.to(server.address())) {
            client.send("hi");
            console.awaitOut("Client: hi\n");
            server.answer(repeated('x', PayloadLimit.IPV4_BYTES + 1));
            console.awaitErr("error: message longer than 65507 bytes: 'xxx");
            server.answer(repeated('x', PayloadLimit.IPV4_BYTES));
            client.expect(repeated('x', PayloadLimit.IPV4_BYTES));
        }
    }
}
