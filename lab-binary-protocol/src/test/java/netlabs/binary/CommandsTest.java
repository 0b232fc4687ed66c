package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code demo} and {@code hexdump}, which need no second process. */
@Timeout(60)
class CommandsTest {
    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();

    private int run(String... arguments) {
        return BinaryLab.program().run(arguments, console.console());
    }

    private void assertPrinted(String expected) throws IOException {
        byte[] file = Files.readAllBytes(
                LabJar.samples().resolve("expected/binary-protocol").resolve(expected));
        assertThat(new ExpectedTranscript(file).differences(console.out().getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private Path recorded(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Files.write(folder.resolve("frames.bin"), all.toByteArray());
    }

    private static byte[] frames(FrameCodec codec, String message) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer frame : codec.encode(1, message.getBytes(StandardCharsets.UTF_8))) {
            all.writeBytes(frame.array());
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "combined-fixed.txt, demo",
        "combined-fixed.txt, demo --pad nul",
        "combined-variable.txt, demo --kind variable",
        "combined-variable.txt, demo --kind variable --layout size-order"
    })
    void theDemoOfEachKindIsAsExpected(String expected, String arguments) throws Exception {
        assertThat(run(arguments.split(" "))).isZero();
        assertPrinted(expected);
    }

    @Test
    void theDemoTakesMessagesOfItsOwn() {
        assertThat(run("demo", "--kind", "variable", "--layout", "size-order", "x"))
                .isZero();
        assertThat(console.out())
                .isEqualTo("[C]: Sent ver: 1, order: 1, size: 1 -> x\n"
                        + "[S]: Received ver: 1, order: 1, size: 1 -> x\n"
                        + "[C]: Received ver: 1, order: 1, size: 1 -> x\n"
                        + "Done.\n");
    }

    @Test
    void aHexdumpNamesEveryField() throws Exception {
        assertThat(run("hexdump", "--pad", "nul", "HELLO", "three frames, a café cut in two and a ✓"))
                .isZero();
        assertPrinted("hexdump-fixed.txt");
    }

    @Test
    void theLayoutsDifferInTheOrderOfTwoFields() {
        assertThat(run("hexdump", "--kind", "variable", "--layout", "size-order", "--order", "4294967295", "ab"))
                .isZero();
        assertThat(console.out())
                .isEqualTo("frame 1: 11 bytes\n"
                        + "  000000  01                                               version  1\n"
                        + "  000001  00 00 00 02                                      size     2\n"
                        + "  000005  ff ff ff ff                                      order    4294967295\n"
                        + "  000009  61 62                                            text     'ab'\n");
    }

    @Test
    void aRecordedFileIsPrintedLikeWhatIsSent() throws Exception {
        String message = "three frames, a café cut in two and a ✓";
        FrameCodec codec = new FixedFrames((byte) 0);
        run("hexdump", "--pad", "nul", message);
        String sent = console.out();
        TestConsole other = new TestConsole();
        Path file = recorded(frames(codec, message));
        assertThat(BinaryLab.program().run(new String[] {"hexdump", "--file", file.toString()}, other.console()))
                .isZero();
        assertThat(other.out()).isEqualTo(sent);
        assertThat(other.err()).isEmpty();
    }

    @Test
    void garbageIsAnErrorBehindTheGoodFrames() throws Exception {
        byte[] good = frames(new FixedFrames((byte) '-'), "HELLO");
        Path file = recorded(good, "text".getBytes(StandardCharsets.UTF_8));
        assertThat(run("hexdump", "--file", file.toString())).isEqualTo(1);
        assertThat(console.out()).startsWith("frame 1: 29 bytes\n").hasLineCount(6);
        assertThat(console.err())
                .isEqualTo("error: " + file + ", byte 29: frame of version 116, and only version 1 is known\n");
    }

    @Test
    void aFileThatEndsInsideAFrameIsAnError() throws Exception {
        byte[] good = frames(new FixedFrames((byte) '-'), "HELLO");
        Path file = recorded(Arrays.copyOf(good, 28));
        assertThat(run("hexdump", "--file", file.toString())).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("error: " + file + ", byte 0: frame that ends after 28 of 29 bytes\n");
    }

    @Test
    void whatIsOddInAFileIsAWarning() throws Exception {
        FrameCodec codec = new FixedFrames((byte) '-');
        Path file = recorded(frames(codec, "HELLO"), frames(codec, "HELLO"));
        assertThat(run("hexdump", "--file", file.toString())).isZero();
        assertThat(console.err()).isEqualTo("warning: " + file + ": order 1 after 1, the same again\n");
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        for (List<String> each :
                List.of(List.of("none.bin", "no such file or directory"), List.of("", "a directory"))) {
            Path file = folder.resolve(each.get(0));
            assertThat(run("hexdump", "--file", file.toString())).isEqualTo(1);
            assertThat(console.err())
                    .contains("error: cannot read " + file + ": ")
                    .endsWith(each.get(1) + "\n");
        }
    }
}
