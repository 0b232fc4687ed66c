package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the lab, in this process. */
@Timeout(30)
class CommandsTest {
    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();

    private int run(String... args) {
        return TcpEcho.program().run(args, console.console());
    }

    private int demo(String... more) {
        List<String> args = new ArrayList<>(
                List.of("demo", "--out", folder.resolve("out-proj.txt").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(new String[0]));
    }

    @Test
    void theDemoIsTheCombinedTranscript() throws Exception {
        assertThat(demo("HELLO", "x")).isEqualTo(0);
        assertThat(console.out()).matches("""
            \\[S]: Server socket created
            \\[S]: Server host name is \\S+
            \\[S]: Server IP address is \\S+
            \\[C]: Client socket created
            \\[S]: Got a connection request from a client at \\('127.0.0.1', \\d+\\)
            \\[C]: Data received from server: Welcome to CS 352!
            \\[C]: Data sent to server: HELLO
            \\[C]: Data received from server: olleh
            \\[C]: Data sent to server: x
            \\[C]: Data received from server: X
            Done.
            """);
        assertThat(folder.resolve("out-proj.txt")).hasContent("olleh\nX\n");
    }

    @Test
    void theDemoTakesItsMessagesFromAFile() throws Exception {
        Path in = Files.writeString(folder.resolve("in.txt"), "One\n\nTwo");
        assertThat(demo("--in", in.toString())).isEqualTo(0);
        assertThat(folder.resolve("out-proj.txt")).hasContent("ENo\n\nOWt\n");
    }

    @Test
    void theDemoOfEachOtherExerciseEndsWithDone() {
        for (String exercise : List.of("upper", "secret", "echo")) {
            TestConsole each = new TestConsole();
            assertThat(TcpEcho.program().run(new String[] {"demo", "--exercise", exercise}, each.console()))
                    .as(each.err())
                    .isEqualTo(0);
            assertThat(each.out()).endsWith("Done.\n");
        }
    }

    @Test
    void aDemoThatFailsIsNotDone() {
        assertThat(run("demo", "--out", folder.toString())).isEqualTo(1);
        assertThat(demo("a\nb")).isEqualTo(1);
        assertThat(console.out()).doesNotContain("Done.");
    }

    @Test
    void optionsThatClashAreWrongUsage() {
        assertThat(run("server", "--exercise", "upper", "--out", "x")).isEqualTo(2);
        assertThat(run("client", "--in", "in-proj.txt", "HELLO")).isEqualTo(2);
        assertThat(run("client", "--exercise", "lower")).isEqualTo(2);
        assertThat(run("client", "--framing", "auto")).isEqualTo(2);
        assertThat(run("client", "--timeout", "0")).isEqualTo(2);
        assertThat(run("client", "--port", "0")).isEqualTo(2);
        assertThat(run("nagle", "--rounds", "0")).isEqualTo(2);
        assertThat(run("server", "--out", "")).isEqualTo(2);
        assertThat(run("client", "--in", "a\0b")).isEqualTo(2);
        assertThat(console.err()).hasLineCount(9);
    }

    @Test
    void theDemoDoesNotEmptyItsOwnInput() throws Exception {
        Path file = Files.writeString(folder.resolve("out-proj.txt"), "One\n");
        assertThat(demo("--in", file.toString())).isEqualTo(2);
        assertThat(file).hasContent("One\n");
    }

    @Test
    void aDemoWhoseServerFailsSaysWhy() {
        assumeThat(Path.of("/dev/full")).exists();
        assertThat(run("demo", "--out", "/dev/full")).isEqualTo(1);
        assertThat(console.err()).endsWith("error: cannot write /dev/full: No space left on device\n");
    }

    @Test
    void aMissingInputFileFailsBeforeAnythingIsSent() {
        assertThat(run("client", "--in", folder.resolve("none.txt").toString())).isEqualTo(1);
        assertThat(console.err()).startsWith("error: cannot read ").endsWith("none.txt: no such file or directory\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void anUnknownHostIsSaid() {
        assertThat(run("client", "--host", "no.such.host.invalid", "x")).isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: unknown host no.such.host.invalid\n");
    }
}
