package netlabs.capture.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import netlabs.capture.analysis.Frame;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Whatever is in a capture, the text is not torn and the picture is XML. */
class LadderPropertyTest {
    @Provide
    Arbitrary<List<Frame>> frames() {
        return AnyFrames.lists();
    }

    private static Ladders collected(List<Frame> frames) {
        Ladders ladders = new Ladders(6);
        frames.forEach(ladders::add);
        return ladders;
    }

    @Property(tries = 500)
    void noLineIsWiderThanThePaper(
            @ForAll("frames") List<Frame> frames, @ForAll @IntRange(min = 60, max = 160) int width) {
        for (Ladder ladder : collected(frames).list()) {
            StringBuilder text = new StringBuilder();
            new TextLadder(width, false, false).draw(ladder, text);
            assertThat(text.toString().lines()).isNotEmpty().allSatisfy(line -> {
                assertThat(Cells.width(line)).isLessThanOrEqualTo(width);
                assertThat(line.codePoints()).allMatch(character -> Cells.isPlain(character, false));
            });
        }
    }

    @Property(tries = 200)
    void asciiIsAscii(@ForAll("frames") List<Frame> frames) {
        for (Ladder ladder : collected(frames).list()) {
            StringBuilder text = new StringBuilder();
            new TextLadder(80, true, false).draw(ladder, text);
            assertThat(text.chars()).allMatch(character -> character == '\n' || character >= ' ' && character < 0x7f);
        }
    }

    /** Colours change nothing but colours. */
    @Property(tries = 200)
    void coloursTakeNoColumns(@ForAll("frames") List<Frame> frames) {
        for (Ladder ladder : collected(frames).list()) {
            StringBuilder plain = new StringBuilder();
            StringBuilder coloured = new StringBuilder();
            new TextLadder(100, false, false).draw(ladder, plain);
            new TextLadder(100, false, true).draw(ladder, coloured);
            assertThat(coloured.toString().replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(plain.toString());
            assertThat(coloured.toString().lines())
                    .allMatch(line -> !line.contains("\033") || line.contains("\033[0m"));
        }
    }

    @Property(tries = 500)
    void thePictureIsWellFormed(@ForAll("frames") List<Frame> frames) throws Exception {
        Ladders ladders = collected(frames);
        String svg = SvgLadder.draw("a<b>&\"\u0001\ud800.pcap", ladders.list(), ladders.notDrawn());
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        NodeList texts = document.getElementsByTagName("text");
        assertThat(texts.getLength()).isPositive();
        for (int i = 0; i < texts.getLength(); i++) {
            assertThat(texts.item(i).getTextContent().codePoints())
                    .allMatch(character -> Cells.isPlain(character, false));
        }
    }
}
