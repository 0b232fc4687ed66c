package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

/** Which frames make up which message, and what is said of those that do not. */
class FrameLogTest {
    private static final FrameCodec FIXED = new FixedFrames((byte) '-');

    private final TestConsole console = new TestConsole();
    private final StreamWarnings warnings =
            new StreamWarnings("client", console.console().err());
    private final FrameLog log =
            new FrameLog(FrameLog.Side.RECEIVED, "", console.console().out(), warnings);

    private FrameLogTest frame(FrameCodec codec, long order, long size, String text) throws MalformedMessageException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        codec.encode(order, size, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), bytes);
        log.frame((Frame) codec.decode(bytes.flip(), Integer.MAX_VALUE), bytes);
        return this;
    }

    private FrameLogTest fixed(long order, long size, String text) throws MalformedMessageException {
        return frame(FIXED, order, size, text);
    }

    @Test
    void framesOfOneMessageArePutTogether() throws MalformedMessageException {
        fixed(7, 45, "twenty bytes of text")
                .fixed(8, 45, ", and twenty of more")
                .fixed(9, 45, " text");
        fixed(10, 5, "HELLO");
        log.end();
        assertThat(console.out())
                .isEqualTo("Received ver: 1, order: 7, size: 45 -> twenty bytes of text\n"
                        + "Received ver: 1, order: 8, size: 45 -> , and twenty of more\n"
                        + "Received ver: 1, order: 9, size: 45 ->  text\n"
                        + "Message of 45 bytes: twenty bytes of text, and twenty of more text\n"
                        + "Received ver: 1, order: 10, size: 5 -> HELLO\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aMessageGoesOnBehindTheLargestOrder() throws MalformedMessageException {
        fixed(0xffff_ffffL, 21, "12345678901234567890").fixed(0, 21, "x");
        assertThat(console.out()).endsWith("order: 0, size: 21 -> x\nMessage of 21 bytes: 12345678901234567890x\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void paddingIsNotPrintedWhateverItIs() throws MalformedMessageException {
        frame(new FixedFrames((byte) 0), 1, 3, "nul").frame(new FixedFrames((byte) 'l'), 2, 3, "ell");
        fixed(3, 4, "--x-").fixed(4, 0, "");
        assertThat(console.out())
                .isEqualTo("Received ver: 1, order: 1, size: 3 -> nul\n"
                        + "Received ver: 1, order: 2, size: 3 -> ell\n"
                        + "Received ver: 1, order: 3, size: 4 -> --x-\n"
                        + "Received ver: 1, order: 4, size: 0 -> \n");
    }

    @Test
    void anOriginalsTruncatedFrameIsAMessageWithoutItsEnd() throws MalformedMessageException {
        fixed(1, 45, "twenty bytes of it..").fixed(2, 5, "HELLO");
        log.end();
        assertThat(console.out())
                .isEqualTo("Received ver: 1, order: 1, size: 45 -> twenty bytes of it..\n"
                        + "Received ver: 1, order: 2, size: 5 -> HELLO\n");
        assertThat(console.err()).isEqualTo("warning: client: the message of 45 bytes ended after 20\n");
    }

    @Test
    void aTruncatedFrameOfTheSameSizeIsFoundOutByWhatIsNoPadding() throws MalformedMessageException {
        fixed(1, 25, "first, twenty bytes.").fixed(2, 25, "other, twenty bytes.");
        log.end();
        assertThat(console.out())
                .isEqualTo("Received ver: 1, order: 1, size: 25 -> first, twenty bytes.\n"
                        + "Received ver: 1, order: 2, size: 25 -> other, twenty bytes.\n");
        assertThat(console.err())
                .isEqualTo("warning: client: the message of 25 bytes ended after 20\n"
                        + "warning: client: 2 messages had no end\n");
    }

    @Test
    void aGapInTheOrderEndsAMessageAndIsSaid() throws MalformedMessageException {
        fixed(3, 21, "12345678901234567890").fixed(5, 21, "x").fixed(6, 1, "y");
        assertThat(console.out())
                .endsWith("order: 5, size: 21 -> x-------------------\nReceived ver: 1, order: 6, size: 1 -> y\n");
        assertThat(console.err())
                .isEqualTo("warning: client: order 5 after 3, 1 frame is missing\n"
                        + "warning: client: the message of 21 bytes ended after 20\n");
    }

    @Test
    void aCharacterIsPrintedWithTheFrameThatCompletesIt() throws MalformedMessageException {
        byte[] message = "1234567890123456789é and ✓".getBytes(StandardCharsets.UTF_8);
        for (ByteBuffer frame : FIXED.encode(1, message)) {
            log.frame((Frame) FIXED.decode(frame, 100), frame);
        }
        assertThat(console.out())
                .isEqualTo("Received ver: 1, order: 1, size: 29 -> 1234567890123456789\n"
                        + "Received ver: 1, order: 2, size: 29 -> é and ✓\n"
                        + "Message of 29 bytes: 1234567890123456789é and ✓\n");
    }

    @Test
    void whatIsNoTextIsMadeHarmless() throws MalformedMessageException {
        ByteBuffer bytes = ByteBuffer.allocate(29);
        FIXED.encode(1, 4, ByteBuffer.wrap(new byte[] {'a', 27, (byte) 0xff, (byte) 0xc3}), bytes);
        log.frame((Frame) FIXED.decode(bytes.flip(), 100), bytes);
        assertThat(console.out()).isEqualTo("Received ver: 1, order: 1, size: 4 -> a\\x1b\ufffd\ufffd\n");
    }

    @Test
    void ordersThatAreNotConsecutiveAreSaidOnceAndCounted() throws MalformedMessageException {
        FrameCodec variable = new VariableFrames(Layout.ORDER_SIZE);
        frame(variable, 0xffff_ffffL, 1, "a").frame(variable, 2, 1, "b").frame(variable, 2, 1, "c");
        frame(variable, 1, 1, "d").frame(variable, 2, 1, "e");
        log.end();
        assertThat(console.err())
                .isEqualTo("warning: client: order 2 after 4294967295, 2 frames are missing\n"
                        + "warning: client: the order was broken 3 times\n");
    }

    @Test
    void repeatsAndStepsBackAreToldFromGaps() throws MalformedMessageException {
        fixed(4, 1, "a").fixed(4, 1, "b");
        assertThat(console.err()).isEqualTo("warning: client: order 4 after 4, the same again\n");
        TestConsole other = new TestConsole();
        StreamWarnings back = new StreamWarnings("client", other.console().err());
        back.order(4, 2);
        assertThat(other.err()).isEqualTo("warning: client: order 2 after 4, it goes backwards\n");
    }
}
