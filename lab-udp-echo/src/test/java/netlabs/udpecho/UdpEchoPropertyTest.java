package netlabs.udpecho;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import netlabs.common.testing.Datagrams;
import netlabs.common.testing.TestConsole;

/** What holds for any bytes in a datagram, and any order of the clients on the one socket. */
class UdpEchoPropertyTest {
    private static UdpServer quiet;
    private static UdpServer printing;
    private static TestConsole console;

    @BeforeContainer
    static void start() throws Exception {
        InetAddress local = InetAddress.getByName("127.0.0.1");
        console = new TestConsole();
        quiet = UdpServer.start(new Upper(), new UdpServer.Options(local, 0, true), new TestConsole().console());
        printing = UdpServer.start(new Upper(), new UdpServer.Options(local, 0, false), console.console());
    }

    @AfterContainer
    static void close() {
        quiet.close();
        printing.close();
    }

    private static byte[] upper(byte[] message) {
        return new String(message, StandardCharsets.UTF_8)
                .toUpperCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 300)
    void anyDatagramIsAnsweredAndTheServerGoesOn(@ForAll @Size(max = 2_000) byte[] datagram, @ForAll boolean quietly)
            throws Exception {
        UdpServer server = quietly ? quiet : printing;
        try (Datagrams client = Datagrams.to(server.address())) {
            client.send(datagram).expect(upper(datagram)).send("next").expect("NEXT");
        }
        assertThat(console.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        assertThat(console.err()).doesNotContain("error", "\tat ");
    }

    @Property(tries = 200)
    void eachClientGetsItsOwnRepliesInWhateverOrderTheyWrite(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4) Integer> senders,
            @ForAll @Size(min = 40, max = 40) List<@From("line") String> lines)
            throws Exception {
        List<Datagrams> clients = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                clients.add(Datagrams.to(quiet.address()));
                expected.add(new ArrayList<>());
            }
            for (int i = 0; i < senders.size(); i++) {
                String text = senders.get(i) + " writes " + i + lines.get(i);
                clients.get(senders.get(i)).send(text);
                expected.get(senders.get(i)).add(text.toUpperCase(Locale.ROOT));
            }
            for (int i = 0; i < clients.size(); i++) {
                for (String reply : expected.get(i)) {
                    clients.get(i).expect(reply);
                }
            }
        } finally {
            for (Datagrams client : clients) {
                client.close();
            }
        }
    }

    @Property
    void inPlaceIsWhatStringsDo(@ForAll byte[] text) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(text.length).put(text).flip();
        boolean ascii = Upper.inPlace(buffer);
        byte[] left = new byte[text.length];
        buffer.get(0, left);
        assertThat(upper(left)).isEqualTo(upper(text));
        if (ascii) {
            assertThat(left).isEqualTo(upper(text));
        }
    }

    @Provide
    Arbitrary<String> line() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', 'ß', '你')
                .ofMaxLength(20);
    }
}
