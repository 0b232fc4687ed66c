package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import netlabs.binary.VariableFrames.Layout;
import org.junit.jupiter.api.Test;

/** The bytes on the wire, one by one (LABS.md §5). */
class FrameCodecTest {
    private static final long MAX_SIZE = 1 << 20;
    private static final FrameCodec FIXED = new FixedFrames((byte) '-');
    private static final FrameCodec VARIABLE = new VariableFrames(Layout.ORDER_SIZE);
    private static final FrameCodec ORIGINAL = new VariableFrames(Layout.SIZE_ORDER);
    private static final List<FrameCodec> ALL = List.of(FIXED, VARIABLE, ORIGINAL);

    private static List<String> encoded(FrameCodec codec, long order, String message) {
        return codec.encode(order, message.getBytes(StandardCharsets.UTF_8)).stream()
                .map(frame -> HexFormat.of().formatHex(frame.array()))
                .toList();
    }

    private static Decoded decoded(FrameCodec codec, String hex) {
        return codec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), MAX_SIZE);
    }

    @Test
    void aFixedFrameIsPythonsBLL20s() {
        assertThat(encoded(FIXED, 1, "HELLO"))
                .containsExactly("01" + "00000001" + "00000005" + "48454c4c4f" + "2d".repeat(15));
        assertThat(encoded(new FixedFrames((byte) 0), 258, "HELLO"))
                .containsExactly("01" + "00000102" + "00000005" + "48454c4c4f" + "00".repeat(15));
        assertThat(encoded(FIXED, 1, "")).containsExactly("01" + "00000001" + "00000000" + "2d".repeat(20));
        assertThat(encoded(FIXED, 1, "x".repeat(20))).containsExactly("01" + "00000001" + "00000014" + "78".repeat(20));
    }

    @Test
    void aLongMessageTakesSeveralFixedFrames() {
        assertThat(encoded(FIXED, 0xffff_ffffL, "x".repeat(41)))
                .containsExactly(
                        "01" + "ffffffff" + "00000029" + "78".repeat(20),
                        "01" + "00000000" + "00000029" + "78".repeat(20),
                        "01" + "00000001" + "00000029" + "78" + "2d".repeat(19));
    }

    @Test
    void aVariableFrameIsPythonsBllAndTheText() {
        assertThat(encoded(VARIABLE, 7, "HELLO")).containsExactly("01" + "00000007" + "00000005" + "48454c4c4f");
        assertThat(encoded(ORIGINAL, 7, "HELLO")).containsExactly("01" + "00000005" + "00000007" + "48454c4c4f");
        assertThat(encoded(VARIABLE, 7, "")).containsExactly("01" + "00000007" + "00000000");
        assertThat(encoded(VARIABLE, 7, "é".repeat(50))).hasSize(1);
    }

    @Test
    void numbersAreUnsigned() {
        assertThat(decoded(FIXED, "01 ffffffff 00100000" + "2d".repeat(20)))
                .isEqualTo(new Frame(1, 0xffff_ffffL, MAX_SIZE, 20));
        assertThat(decoded(VARIABLE, "01 80000000 00000000")).isEqualTo(new Frame(1, 0x8000_0000L, 0, 0));
        assertThat(decoded(ORIGINAL, "01 00000001 ffffffff 41")).isEqualTo(new Frame(1, 0xffff_ffffL, 1, 1));
    }

    @Test
    void aSizeOverTheBoundIsMalformedAsSoonAsItIsThere() {
        assertThat(decoded(VARIABLE, "01 00000001 ffffffff"))
                .isEqualTo(new Decoded.Malformed("frame of 4294967295 bytes, more than 1048576 (--max-size)"));
        assertThat(decoded(ORIGINAL, "01 80000000 00000001"))
                .isEqualTo(new Decoded.Malformed("frame of 2147483648 bytes, more than 1048576 (--max-size)"));
        assertThat(decoded(FIXED, "01 00000001 00100001"))
                .isEqualTo(new Decoded.Malformed("message of 1048577 bytes, more than 1048576 (--max-size)"));
    }

    @Test
    void anUnknownVersionIsMalformedWithItsFirstByte() {
        for (FrameCodec codec : ALL) {
            assertThat(decoded(codec, "00"))
                    .isEqualTo(new Decoded.Malformed("frame of version 0, and only version 1 is known"));
            assertThat(decoded(codec, "ff"))
                    .isEqualTo(new Decoded.Malformed("frame of version 255, and only version 1 is known"));
        }
    }

    @Test
    void whatIsMissingIsSaid() {
        for (FrameCodec codec : ALL) {
            assertThat(decoded(codec, "")).isEqualTo(new Decoded.Incomplete(9));
            assertThat(decoded(codec, "01 000000")).isEqualTo(new Decoded.Incomplete(5));
        }
        assertThat(decoded(FIXED, "01 00000001 00000000")).isEqualTo(new Decoded.Incomplete(20));
        assertThat(decoded(VARIABLE, "01 00000001 00000400 78")).isEqualTo(new Decoded.Incomplete(1023));
    }

    @Test
    void decodingMovesNothingAndLooksAtTheFirstFrameOnly() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("ffff" + "010000000500000002" + "4142" + "99"));
        assertThat(VARIABLE.decode(bytes.position(2), MAX_SIZE)).isEqualTo(new Frame(1, 5, 2, 2));
        assertThat(bytes.position()).isEqualTo(2);
        assertThat(bytes.remaining()).isEqualTo(12);
    }
}
