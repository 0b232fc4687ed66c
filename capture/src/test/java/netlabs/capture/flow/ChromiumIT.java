package netlabs.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.capture.analysis.Mark;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real browser lays the picture out, with its own fonts: a page around it measures where the text has come to be. */
@Timeout(120)
class ChromiumIT {
    /** Writes a line for each two texts that overlap, and for each that is not wholly on the paper. */
    private static final String PAGE = """
            <!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="margin:0">
            <!-- svg -->
            <pre id="report"></pre>
            <script>
            const texts = [...document.querySelectorAll('svg text')].filter(text => text.textContent.trim() !== '');
            const boxes = texts.map(text => text.getBoundingClientRect());
            const paper = document.querySelector('svg').getBoundingClientRect();
            const lines = ['texts: ' + texts.length];
            texts.forEach((text, i) => {
              const a = boxes[i];
              if (a.left < paper.left || a.right > paper.right || a.top < paper.top || a.bottom > paper.bottom) {
                lines.push('outside: ' + text.textContent);
              }
              for (let k = i + 1; k < texts.length; k++) {
                const b = boxes[k];
                const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (wide > 1 && high > 3) {
                  lines.push('overlap: ' + text.textContent + ' / ' + texts[k].textContent);
                }
              }
            });
            for (const label of document.querySelectorAll('svg g > text[text-anchor="middle"]')) {
              const a = label.getBoundingClientRect();
              const arrow = label.parentNode.querySelector('path[fill="none"]').getBoundingClientRect();
              if (a.left < arrow.left || a.right > arrow.right) {
                lines.push('beside its arrow: ' + label.textContent);
              }
            }
            document.getElementById('report').textContent = lines.join('\\n') + '\\nend';
            </script></body></html>
            """;

    @TempDir
    private Path folder;

    private String report(Exchange exchange) throws Exception {
        return report(exchange.ladders(100));
    }

    private String report(List<Ladder> ladders) throws Exception {
        String svg = SvgLadder.draw("a.pcap", ladders, 3);
        return laidOut(svg.substring(svg.indexOf("<svg")));
    }

    /** The page when its script has run. */
    private String laidOut(String svg) throws Exception {
        Path page = folder.resolve("page.html");
        Files.writeString(page, PAGE.replace("<!-- svg -->", svg));
        try (RunningProgram chromium = Peers.start(
                folder,
                "chromium",
                "--no-sandbox",
                "--headless=new",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())) {
            assertThat(chromium.awaitExit(LabJar.TIMEOUT))
                    .as(chromium.toString())
                    .isZero();
            return chromium.output();
        }
    }

    private static void assertTidy(String dom) {
        String report = dom.substring(dom.indexOf("<pre id=\"report\">"), dom.indexOf("<script>"));
        assertThat(report)
                .contains("texts: ", "\nend</pre>")
                .doesNotContain("texts: 0", "outside: ", "overlap: ", "beside");
    }

    @Test
    void anExchange() throws Exception {
        String dom = report(Exchange.onLoopback()
                .handshake()
                .server("Welcome to CS 352!")
                .after(3_600_000_000L)
                .client("x".repeat(1_000), Mark.RETRANSMISSION, Mark.SPURIOUS_RETRANSMISSION, Mark.WINDOW_FULL)
                .close());
        assertTidy(dom);
        assertThat(dom)
                .contains(
                        ">SYN, ACK</tspan>",
                        ">Seq=0 Ack=1 Len=0</tspan>",
                        ">'Welcome to CS 352!'</text>",
                        "pause of 3600.000 s");
    }

    @Test
    void longAddressesAndEveryMark() throws Exception {
        assertTidy(report(new Exchange(
                        "2001:db8:1234:5678:9abc:def0:1234:5678", 59_814, "2001:db8:1234:5678:9abc:def0:1234:1", 65_535)
                .handshake()
                .client("漢字かな交じり文".repeat(20), Mark.values())
                .server("WWWWWWWWWW@@@@@@@@@@\u0000".repeat(20), Mark.LOST_SEGMENT, Mark.DUPLICATE_ACK)
                .close()));
    }

    @Test
    void threeStreamsAndWhatHasNone() throws Exception {
        assertTidy(report(Exchange.onLoopback().handshake().stream(1).handshake().stream(2)
                .handshake()
                .other("ARP")
                .other(
                        "2001:db8:1234:5678:9abc:def0:1234:5678",
                        "2001:db8:1234:5678:9abc:def0:1234:1",
                        "ICMPv6 echo request")
                .other("2001:db8:1234:5678:9abc:def0:1234:1", "10.0.3.3", "a remark ".repeat(30))
                .other("127.0.0.1", "127.0.0.1", "a remark ".repeat(60))));
    }

    /** The check itself sees what overlaps. */
    @Test
    void whatOverlapsIsSeen() throws Exception {
        String dom = laidOut("<svg width=\"100\" height=\"50\"><text x=\"9\" y=\"20\">one</text>"
                + "<text x=\"12\" y=\"22\">two</text><text x=\"80\" y=\"40\">beyond</text></svg>");
        assertThat(dom).contains("overlap: one / two", "outside: beyond");
    }
}
