package netlabs.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import netlabs.capture.analysis.Mark;
import org.junit.jupiter.api.Test;

class SvgLadderTest {
    private static String drawn(Exchange exchange) {
        return SvgLadder.draw("a.pcap", exchange.ladders(100), 0);
    }

    @Test
    void everyArrowSaysWhatItIs() {
        String svg =
                drawn(Exchange.onLoopback().handshake().client("HELLO <&>\n").close());
        assertThat(svg)
                .contains("<title id=\"ladder-title\">Ladder diagram of a.pcap</title>")
                .contains("TCP stream 0 between client ('127.0.0.1', 59814) and server ('127.0.0.1', 5005): 7 frames")
                .contains(
                        "<title>Frame 2, 0.000012 s, server ('127.0.0.1', 5005) → client ('127.0.0.1', 59814): SYN, ACK"
                                + " Seq=0 Ack=1 Win=65536 Len=0</title>")
                .contains(">PSH, ACK</tspan>", ">Seq=1 Ack=1 Len=10</tspan>", ">'HELLO &lt;&amp;&gt;\\n'</text>")
                .contains(">handshake</text>", ">close</text>");
    }

    /** Colour, dashes and words. */
    @Test
    void whatIsRemarkableIsSaidInThreeWays() {
        String again = drawn(Exchange.onLoopback().clientAgain(1, "x", Mark.RETRANSMISSION));
        assertThat(again).contains("color=\"#d55e00\"", "stroke-dasharray=\"9 5\"", "</tspan>retransmission</text>");
        String full = drawn(Exchange.onLoopback().client("x", Mark.WINDOW_FULL));
        assertThat(full).contains("color=\"#000000\"", "stroke-dasharray=\"2 4\"", "</tspan>window full</text>");
        String plain = drawn(Exchange.onLoopback().client("x"));
        assertThat(plain).doesNotContain("stroke-dasharray", "▲");
    }

    @Test
    void timeIsBrokenWhereNothingIsSent() {
        assertThat(drawn(Exchange.onLoopback().client("x").after(19_000).server("y")))
                .doesNotContain("pause");
        assertThat(drawn(Exchange.onLoopback().client("x").after(2_000_000).server("y")))
                .contains(">pause of 2.000 s</text>");
    }

    @Test
    void streamsAreBelowEachOther() {
        List<Ladder> ladders =
                Exchange.onLoopback().client("x").stream(1).client("y").ladders(100);
        String svg = SvgLadder.draw("a.pcap", ladders, 12_345);
        assertThat(svg.indexOf(">TCP stream 1</text>")).isGreaterThan(svg.indexOf(">TCP stream 0</text>"));
        assertThat(svg).contains(">… 12,345 streams more</text>");
    }

    @Test
    void nothingIsFetchedAndNothingRuns() {
        assertThat(drawn(Exchange.onLoopback()
                        .handshake()
                        .client("<script>alert(1)</script>")
                        .other("ARP")))
                .doesNotContain("<script", "href", "url(", "@import", "on" + "load");
    }
}
