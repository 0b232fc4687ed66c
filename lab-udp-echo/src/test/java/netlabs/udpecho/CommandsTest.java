package netlabs.udpecho;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
        return UdpEcho.program().run(args, console.console());
    }

    @Test
    void theDemoOfUpper() {
        assertThat(run("demo", "hello", "", "straße")).as(console.err()).isEqualTo(0);
        assertThat(console.out()).matches("""
            the server is ready to receive
            HELLO
            above message received from \\('127.0.0.1', (\\d+)\\)
            HELLO
            received from \\('127.0.0.1', (\\d+)\\)

            above message received from \\('127.0.0.1', \\1\\)

            received from \\('127.0.0.1', \\2\\)
            STRASSE
            above message received from \\('127.0.0.1', \\1\\)
            STRASSE
            received from \\('127.0.0.1', \\2\\)
            Done.
            """);
    }

    @Test
    void theDemoOfChatTypesTheAnswers() {
        assertThat(run("demo", "--exercise", "chat", "hi", "bye"))
                .as(console.err())
                .isEqualTo(0);
        assertThat(console.out()).matches("""
            Server is ready to chat.
            Client: hi
            You \\(Server\\): hello from the server
            hello from the server
            received from \\('127.0.0.1', \\d+\\)
            Client: bye
            You \\(Server\\): hello from the server
            hello from the server
            received from \\('127.0.0.1', \\d+\\)
            Done.
            """);
    }

    @Test
    void theDemoOfPrintHasPrintedEverythingBeforeDone() throws Exception {
        Path in = Files.writeString(folder.resolve("in.txt"), "One\n\nTwo");
        assertThat(run("demo", "--exercise", "print", "--in", in.toString()))
                .as(console.err())
                .isEqualTo(0);
        assertThat(console.out()).matches("""
            Received from \\('127.0.0.1', (\\d+)\\): One
            Received from \\('127.0.0.1', \\1\\):\\s
            Received from \\('127.0.0.1', \\1\\): Two
            Done.
            """);
    }

    @Test
    void everyDemoHasASample() {
        for (String exercise : Exercise.NAMES) {
            TestConsole each = new TestConsole();
            assertThat(UdpEcho.program().run(new String[] {"demo", "--exercise", exercise}, each.console()))
                    .as(each.err())
                    .isEqualTo(0);
            assertThat(each.out()).endsWith("Done.\n");
        }
    }

    @Test
    void aDemoThatFailsIsNotDone() {
        assertThat(run("demo", "x".repeat(PayloadLimit.IPV4_BYTES + 1))).isEqualTo(1);
        assertThat(console.err()).contains("error: message longer than 65507 bytes: 'xxx");
        assertThat(console.out()).doesNotContain("Done.");
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() {
        List<List<String>> wrong = List.of(
                List.of("client", "--in", "in.txt", "HELLO"),
                List.of("client", "--exercise", "lower"),
                List.of("client", "--exercise", "print", "--loop"),
                List.of("client", "--exercise", "print", "--retries", "1", "x"),
                List.of("client", "--retries", "-1"),
                List.of("client", "--loop", "x"),
                List.of("client", "--timeout", "0"),
                List.of("client", "--port", "0"),
                List.of("server", "--once"),
                List.of("server", "--max-clients", "1"),
                List.of("server", "--idle-timeout", "1s"),
                List.of("server", "--bind", "no.such.host.invalid"),
                List.of("serve"));
        for (List<String> args : wrong) {
            TestConsole each = new TestConsole();
            assertThat(UdpEcho.program().run(args.toArray(new String[0]), each.console()))
                    .as(args.toString())
                    .isEqualTo(2);
            assertThat(each.err()).startsWith("error: ").hasLineCount(1);
            assertThat(each.out()).isEmpty();
        }
    }

    @Test
    void theHelpNamesTheDefaults() {
        assertThat(run("server", "--help")).isEqualTo(0);
        assertThat(console.out()).contains("127.0.0.1, for print 0.0.0.0.", "12000, for print 5005.");
        assertThat(run("client", "--help")).isEqualTo(0);
        assertThat(console.out()).contains("without --timeout the client waits 10 minutes");
    }

    @Test
    void anUnknownHostIsSaid() {
        assertThat(run("client", "--host", "no.such.host.invalid", "x")).isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: unknown host no.such.host.invalid\n");
    }

    @Test
    void aMissingInputFileFailsBeforeAnythingIsSent() {
        assertThat(run("client", "--in", folder.resolve("none.txt").toString())).isEqualTo(1);
        assertThat(console.err()).startsWith("error: cannot read ").endsWith("none.txt: no such file or directory\n");
    }
}
