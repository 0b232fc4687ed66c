package netlabs.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import netlabs.common.console.Console;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;

/**
 * What holds for the echo exercise of every TCP server (LABS.md §1, §3, §4), for any messages, however
 * they are cut into segments and whichever client comes first: all get the same replies.
 */
public abstract class EchoServerProperties {
    /**
     * A server that runs.
     *
     * @param address where it listens
     * @param stop ends it
     */
    public record Running(InetSocketAddress address, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    /** Binds and starts the server under test. */
    protected abstract Running start(ServerOptions options, MessageOptions messages, Console console);

    private Running start(Framing framing, Console console) {
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 100, false, 0, false);
        return start(options, new MessageOptions(framing, 1), console);
    }

    /**
     * Each client's messages are one byte stream; the streams are cut anywhere, and the pieces sent in
     * any order among the clients: a turn is a client in its two low bits and a length above. Then every client half-closes and reads.
     */
    @Property(tries = 100)
    void anySplitAnyJoinAndAnyInterleavingGetTheSameReplies(
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 6) List<@From("message") String>> clients,
            @ForAll @Size(max = 12) List<@IntRange(max = 255) Integer> turns)
            throws Exception {
        byte[][] streams = new byte[clients.size()][];
        int[] sent = new int[clients.size()];
        try (Running running = start(Framing.LINE, new TestConsole().console())) {
            List<Wire> wires = new ArrayList<>();
            try {
                for (int i = 0; i < streams.length; i++) {
                    streams[i] = String.join("", clients.get(i)).getBytes(StandardCharsets.UTF_8);
                    wires.add(Wire.connect(running.address()));
                }
                for (int turn : turns) {
                    int i = (turn & 3) % streams.length;
                    int end = Math.min(streams[i].length, sent[i] + (turn >> 2));
                    wires.get(i).send(Arrays.copyOfRange(streams[i], sent[i], end));
                    sent[i] = end;
                }
                for (int i = 0; i < streams.length; i++) {
                    wires.get(i).send(Arrays.copyOfRange(streams[i], sent[i], streams[i].length));
                    wires.get(i).halfClose();
                }
                for (int i = 0; i < streams.length; i++) {
                    wires.get(i).expect(streams[i]).expectEnd();
                }
            } finally {
                for (Wire wire : wires) {
                    wire.close();
                }
            }
        }
    }

    @Property(tries = 100)
    void anyGarbageComesBackAndIsHarmlessOnTheTerminal(@ForAll @Size(max = 300) byte[] garbage, @ForAll Framing framing)
            throws Exception {
        TestConsole printed = new TestConsole();
        try (Running running = start(framing, printed.console())) {
            try (Wire client = Wire.connect(running.address())) {
                client.send(garbage).halfClose().expect(garbage).expectEnd();
            }
            try (Wire next = Wire.connect(running.address())) {
                next.send("x").halfClose().expect("x").expectEnd();
            }
        }
        assertThat(printed.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        assertThat(printed.err()).doesNotContain("error", "\tat ");
    }

    /** A line, or at the end of a stream perhaps a last one that nothing ends. */
    @Provide
    Arbitrary<String> message() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', 'ß', '你', '\t', '\r', '\0')
                .ofMaxLength(20);
        return text.flatMap(content -> Arbitraries.of("\n", "\r\n", "\n", "").map(ending -> content + ending));
    }
}
