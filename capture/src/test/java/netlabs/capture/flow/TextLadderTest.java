package netlabs.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import netlabs.capture.analysis.Mark;
import org.junit.jupiter.api.Test;

class TextLadderTest {
    private static String drawn(Exchange exchange, int width, int limit, boolean ascii) {
        StringBuilder text = new StringBuilder();
        for (Ladder ladder : exchange.ladders(limit)) {
            new TextLadder(width, ascii, false).draw(ladder, text);
        }
        return text.toString();
    }

    private static String drawn(Exchange exchange) {
        return drawn(exchange, 90, 100, false);
    }

    @Test
    void fromTheHandshakeToTheClose() {
        assertThat(drawn(Exchange.onLoopback()
                        .handshake()
                        .server("Welcome to CS 352!")
                        .clientAcks()
                        .after(1_250_000)
                        .client("HELLO\n")
                        .server("olleh\n")
                        .close()))
                .isEqualTo("""
                        TCP stream 0: 10 frames, 6 bytes from the client, 24 bytes from the server

                                       client                                                       server
                                ('127.0.0.1', 59814)                                          ('127.0.0.1', 5005)
                        frame     time/s  │                                                            │
                            1   0.000000  │─── SYN Seq=0 Len=0 ───────────────────────────────────────►│ handshake
                            2   0.000012  │◄── SYN, ACK Seq=0 Ack=1 Len=0 ─────────────────────────────│ handshake
                            3   0.000023  │─── ACK Seq=1 Ack=1 Len=0 ─────────────────────────────────►│ handshake
                            4   0.000123  │◄── PSH, ACK Seq=1 Ack=1 Len=18 'Welcome to CS 352!' ───────│
                            5   0.000133  │─── ACK Seq=1 Ack=19 Len=0 ────────────────────────────────►│
                                          ┊    pause of 1.250 s                                        ┊
                            6   1.250233  │─── PSH, ACK Seq=1 Ack=19 Len=6 'HELLO\\n' ─────────────────►│
                            7   1.250333  │◄── PSH, ACK Seq=19 Ack=7 Len=6 'olleh\\n' ──────────────────│
                            8   1.250383  │─── FIN, ACK Seq=7 Ack=25 Len=0 ───────────────────────────►│ close
                            9   1.250413  │◄── FIN, ACK Seq=25 Ack=8 Len=0 ────────────────────────────│ close
                           10   1.250433  │─── ACK Seq=8 Ack=26 Len=0 ────────────────────────────────►│ close
                        """);
    }

    @Test
    void inAsciiAndNarrow() {
        assertThat(drawn(
                        Exchange.onLoopback()
                                .handshake()
                                .client("GET /index.html HTTP/1.1\r\n")
                                .server("naïve 漢字\u001b[2J"),
                        60,
                        100,
                        true))
                .isEqualTo("""
                        TCP stream 0: 5 frames, 26 bytes from the client, 17 bytes
                        from the server

                                       client                         server
                                ('127.0.0.1', 59814)            ('127.0.0.1', 5005)
                        frame     time/s  |                              |
                            1   0.000000  |--- SYN Seq=0 Len=0 --------->| handshake
                            2   0.000012  |<-- SYN, ACK Seq=0 Ack=1 -----| handshake
                                          |    Len=0                     |
                            3   0.000023  |--- ACK Seq=1 Ack=1 Len=0 --->| handshake
                            4   0.000123  |--- PSH, ACK Seq=1 Ack=1 ---->|
                                          |    Len=26                    |
                                          |    'GET /index.html H...'    |
                            5   0.000223  |<-- PSH, ACK Seq=1 Ack=27 ----|
                                          |    Len=17                    |
                                          |    'na\\u00efve \\u6f22...'    |
                        """);
    }

    @Test
    void whatIsRemarkableIsSaidBeforeThePayload() {
        assertThat(drawn(Exchange.onLoopback()
                        .handshake()
                        .client("line 1\n")
                        .client("line 2\n", Mark.LOST_SEGMENT, Mark.WINDOW_FULL)
                        .after(210_000)
                        .clientAgain(1, "line 1\n", Mark.RETRANSMISSION, Mark.FAST_RETRANSMISSION)
                        .serverResets()))
                .isEqualTo("""
                        TCP stream 0: 7 frames, 21 bytes from the client (7 of them sent again), 0 bytes from the
                        server

                                       client                                                       server
                                ('127.0.0.1', 59814)                                          ('127.0.0.1', 5005)
                        frame     time/s  │                                                            │
                            1   0.000000  │─── SYN Seq=0 Len=0 ───────────────────────────────────────►│ handshake
                            2   0.000012  │◄── SYN, ACK Seq=0 Ack=1 Len=0 ─────────────────────────────│ handshake
                            3   0.000023  │─── ACK Seq=1 Ack=1 Len=0 ─────────────────────────────────►│ handshake
                            4   0.000123  │─── PSH, ACK Seq=1 Ack=1 Len=7 'line 1\\n' ─────────────────►│
                            5   0.000223  │─── PSH, ACK Seq=8 Ack=1 Len=7 [previous segment not ──────►│
                                          │    captured, window full] 'line 2\\n'                       │
                                          ┊    pause of 210.0 ms                                       ┊
                            6   0.210223  │─── PSH, ACK Seq=1 Ack=1 Len=7 [fast retransmission] ──────►│
                                          │    'line 1\\n'                                              │
                            7   0.210243  │◄── RST Seq=1 Len=0 ────────────────────────────────────────│ close
                        """);
    }

    @Test
    void datagrams() {
        assertThat(drawn(new Exchange("127.0.0.1", 49_152, "127.0.0.1", 12_000)
                        .datagram(true, "hello")
                        .after(80)
                        .datagram(false, "HELLO")
                        .after(10)
                        .datagram(true, "")))
                .isEqualTo("""
                        UDP flow 0: 3 frames, 5 bytes from the client, 5 bytes from the server

                                       client                                                       server
                                ('127.0.0.1', 49152)                                         ('127.0.0.1', 12000)
                        frame     time/s  │                                                            │
                            1   0.000000  │─── UDP Len=5 'hello' ─────────────────────────────────────►│
                            2   0.000080  │◄── UDP Len=5 'HELLO' ──────────────────────────────────────│
                            3   0.000090  │─── UDP Len=0 ─────────────────────────────────────────────►│
                        """);
    }

    /** Two of these addresses do not stand beside each other. */
    @Test
    void longAddressesHaveLinesOfTheirOwn() {
        assertThat(drawn(new Exchange(
                                "2001:db8:1234:5678:9abc:def0:1234:5678",
                                59_814,
                                "2001:db8:1234:5678:9abc:def0:1234:1",
                                5_005)
                        .handshake()))
                .isEqualTo("""
                        TCP stream 0: 3 frames, 0 bytes from the client, 0 bytes from the server

                                       client
                        ('2001:db8:1234:5678:9abc:def0:1234:5678', 59814)
                                          │                                                         server
                                          │                          ('2001:db8:1234:5678:9abc:def0:1234:1', 5005)
                        frame     time/s  │                                                            │
                            1   0.000000  │─── SYN Seq=0 Len=0 ───────────────────────────────────────►│ handshake
                            2   0.000012  │◄── SYN, ACK Seq=0 Ack=1 Len=0 ─────────────────────────────│ handshake
                            3   0.000023  │─── ACK Seq=1 Ack=1 Len=0 ─────────────────────────────────►│ handshake
                        """);
    }

    @Test
    void whatHasNoPorts() {
        assertThat(drawn(Exchange.onLoopback()
                        .other("ARP")
                        .after(40)
                        .other("10.0.3.1", "10.0.3.2", "ICMP echo request")
                        .after(900)
                        .other("10.0.3.2", "10.0.3.1", "ICMP echo reply")
                        .other("127.0.0.1", "127.0.0.1", "ICMP destination unreachable (port)")
                        .other("10.0.3.1", "10.0.3.3", "IPv4 fragment")
                        .other("10.0.3.1", "10.0.3.4", "IPv4 fragment")))
                .isEqualTo("""
                        Packets without a stream: 6 frames

                                      10.0.3.1                      10.0.3.2                       10.0.3.3
                        frame     time/s  │                             │                              │
                            1   0.000000  │ ARP, 82 bytes
                            2   0.000040  │─── ICMP echo request, 82 ──►│                              │
                                          │    bytes                    │                              │
                            3   0.000940  │◄── ICMP echo reply, 82 ─────│                              │
                                          │    bytes                    │                              │
                            4   0.000940  │ 127.0.0.1 → 127.0.0.1 ICMP destination unreachable (port), 82 bytes
                            5   0.000940  │─── IPv4 fragment, 82 bytes ───────────────────────────────►│
                            6   0.000940  │ 10.0.3.1 → 10.0.3.4 IPv4 fragment, 82 bytes
                        """);
    }

    /** Of a long stream its beginning and its end. */
    @Test
    void whatIsLeftOutIsCounted() {
        Exchange exchange = Exchange.onLoopback().handshake();
        for (int i = 0; i < 12_345; i++) {
            exchange.client("block");
        }
        assertThat(drawn(exchange.close(), 90, 8, false)).isEqualTo("""
                        TCP stream 0: 12,351 frames, 61,725 bytes from the client, 0 bytes from the server

                                       client                                                       server
                                ('127.0.0.1', 59814)                                          ('127.0.0.1', 5005)
                        frame     time/s  │                                                            │
                            1   0.000000  │─── SYN Seq=0 Len=0 ───────────────────────────────────────►│ handshake
                            2   0.000012  │◄── SYN, ACK Seq=0 Ack=1 Len=0 ─────────────────────────────│ handshake
                            3   0.000023  │─── ACK Seq=1 Ack=1 Len=0 ─────────────────────────────────►│ handshake
                            4   0.000123  │─── PSH, ACK Seq=1 Ack=1 Len=5 'block' ────────────────────►│
                            5   0.000223  │─── PSH, ACK Seq=6 Ack=1 Len=5 'block' ────────────────────►│
                            6   0.000323  │─── PSH, ACK Seq=11 Ack=1 Len=5 'block' ───────────────────►│
                                          ┊    … 12,343 frames more                                    ┊
                        12350   1.234603  │◄── FIN, ACK Seq=1 Ack=61727 Len=0 ─────────────────────────│ close
                        12351   1.234623  │─── ACK Seq=61727 Ack=2 Len=0 ─────────────────────────────►│ close
                        """);
    }

    @Test
    void aDiagramForEachStream() {
        assertThat(drawn(
                        Exchange.onLoopback().stream(0).client("one").stream(1).client("two").stream(0)
                                .server("ONE"),
                        90,
                        100,
                        false))
                .isEqualTo("""
                        TCP stream 0: 2 frames, 3 bytes from the client, 3 bytes from the server

                                       client                                                       server
                                ('127.0.0.1', 59814)                                          ('127.0.0.1', 5005)
                        frame     time/s  │                                                            │
                            1   0.000100  │─── PSH, ACK Seq=0 Ack=0 Len=3 'one' ──────────────────────►│
                            3   0.000300  │◄── PSH, ACK Seq=0 Ack=0 Len=3 'ONE' ───────────────────────│
                        TCP stream 1: 1 frame, 3 bytes from the client, 0 bytes from the server

                                       client                                                       server
                                ('127.0.0.1', 59814)                                          ('127.0.0.1', 5005)
                        frame     time/s  │                                                            │
                            2   0.000200  │─── PSH, ACK Seq=0 Ack=0 Len=3 'two' ──────────────────────►│
                        """);
    }

    @Test
    void coloursSayWhichSideAndWhichPhase() {
        StringBuilder text = new StringBuilder();
        for (Ladder ladder : Exchange.onLoopback()
                .handshake()
                .client("x", Mark.RETRANSMISSION)
                .close()
                .ladders(100)) {
            new TextLadder(90, false, true).draw(ladder, text);
        }
        assertThat(text.toString())
                .contains("\033[0;34m───", "\033[0;33m◄──") // client, server
                .contains("\033[0;32mhandshake", "\033[0;35mclose", "\033[0;1;31m[retransmission]");
    }
}
