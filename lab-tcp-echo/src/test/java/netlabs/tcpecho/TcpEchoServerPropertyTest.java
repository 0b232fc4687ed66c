package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
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
import netlabs.common.net.Framing;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;

/** What holds for any bytes on the wire, however they are cut into segments. */
class TcpEchoServerPropertyTest {
    private static final String WELCOME = "Welcome to CS 352!";

    private static TcpEchoServer.Options options(Framing framing, boolean quiet) {
        return new TcpEchoServer.Options(
                new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, quiet),
                new MessageOptions(framing, 1),
                null);
    }

    @Property(tries = 200)
    void anySplitAndAnyJoinGetsTheSameReplies(
            @ForAll @Size(max = 8) List<@From("line") String> lines,
            @ForAll @Size(max = 5) List<@IntRange(min = 0, max = 120) Integer> cuts)
            throws Exception {
        StringBuilder sent = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (String line : lines) {
            sent.append(line).append('\n');
            expected.append(new Reverse().reply(line)).append('\n');
        }
        byte[] stream = sent.toString().getBytes(StandardCharsets.UTF_8);
        List<Integer> ends = new ArrayList<>(cuts);
        ends.replaceAll(cut -> Math.min(cut, stream.length));
        ends.add(stream.length);
        ends.sort(null);
        try (TcpEchoServer each =
                        TcpEchoServer.start(new Reverse(), options(Framing.LINE, true), new TestConsole().console());
                Wire client = Wire.connect(each.address())) {
            int from = 0;
            for (int end : ends) {
                client.send(Arrays.copyOfRange(stream, from, end));
                from = end;
            }
            client.halfClose().expect(WELCOME + expected).expectEnd();
        }
    }

    @Property(tries = 100)
    void anyGarbageIsAnsweredOrRefusedAndTheServerGoesOn(
            @ForAll @Size(max = 300) byte[] garbage, @ForAll Framing framing) throws Exception {
        TestConsole printed = new TestConsole();
        try (TcpEchoServer each = TcpEchoServer.start(new Upper(), options(framing, false), printed.console())) {
            try (Wire client = Wire.connect(each.address())) {
                client.send(garbage).halfClose().expectGone();
            }
            try (Wire next = Wire.connect(each.address())) {
                next.send("x").halfClose().expect("X").expectEnd();
            }
        }
        assertThat(printed.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        assertThat(printed.err()).doesNotContain("error", "\tat ");
    }

    @Provide
    Arbitrary<String> line() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', 'ß', '你')
                .ofMaxLength(20);
    }
}
