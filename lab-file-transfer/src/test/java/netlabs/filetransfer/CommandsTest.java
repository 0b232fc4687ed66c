package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the lab, in this process. */
@Timeout(30)
class CommandsTest {
    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole();

    private int run(String... args) {
        return FileTransferLab.program().run(args, console.console());
    }

    @Test
    void theDemo() {
        assertThat(run("demo")).as(console.err()).isEqualTo(0);
        assertThat(console.out())
                .contains(
                        "Sent hello.txt: 14 bytes, SHA-256 c98c24b677eff44860afea6f493bbaec5bb1c4cbb209c6fc2bbb47f66ff2ad31")
                .contains(
                        "Received empty: 0 bytes, SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                .contains("Sent many lines.txt: 1088895 bytes, SHA-256 ")
                .endsWith("Done.\n");
        assertThat(console.err()).matches("ready: .*\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server | missing --dir <dir>",
                "server --raw | a server with --raw takes either --output <name> or --send <file>",
                "server --raw --dir . | a server with --raw takes either",
                "server --raw --dir . --output x --send y | a server with --raw takes either",
                "server --raw --send y --overwrite | are for files that are stored",
                "server --raw --output - --max-size 1 | are for files that are stored",
                "server --raw --output x | missing --dir <dir>",
                "server --raw --dir . --send y | --dir is for files that are stored",
                "server --dir . --output x | go with --raw only",
                "server --dir . --send x | go with --raw only",
                "server --dir . --no-digest | go with --raw only",
                "server --raw --dir . --output ../x | --output ../x: its name has a path in it",
                "server --raw --dir . --output /x | --output /x: its name has a path in it",
                "server --dir . --max-size 0 | --max-size",
                "server --dir . --max-clients 0 | --max-clients",
                "server --dir . --port 65536 | --port",
                "server --dir . more | unexpected argument 'more'",
                "client | missing the files to send",
                "client --raw | missing the files to send",
                "client --raw a b | --raw sends one file",
                "client --output x | --output goes with --raw only",
                "client --output x a | --output goes with --raw only",
                "client --raw --output x a | --output receives: no files are sent",
                "client --raw --resume a | --resume needs the digest",
                "client --no-digest --resume a | --resume needs the digest",
                "client --raw --output / | --output / names no file",
                "client --overwrite a | with --output <file> only",
                "client --raw --max-size 1KiB a | with --output <file> only",
                "client --timeout 0 a | --timeout",
                "client --port 0 a | --port",
                "demo more | unexpected argument 'more'",
            })
    void wrongUsage(String line, String message) {
        assertThat(run(line.split(" "))).as(console.err()).isEqualTo(2);
        assertThat(console.err())
                .startsWith("error: ")
                .contains(message, "--help")
                .hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "client", "demo"})
    void help(String subcommand) {
        assertThat(run(subcommand, "--help")).isEqualTo(0);
        assertThat(console.out()).startsWith("Usage: lab-file-transfer " + subcommand);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aFolderThatIsNone() {
        String none = folder.resolve("none").toString();
        assertThat(run("server", "--port", "0", "--dir", none)).isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: cannot store files in " + none + ": no such directory\n");
    }

    @Test
    void aFileToSendThatIsNone() {
        String none = folder.resolve("none").toString();
        assertThat(run("server", "--port", "0", "--raw", "--send", none)).isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: cannot send " + none + ": no such file or directory\n");
    }

    @Test
    void aFolderToReceiveIntoThatIsNone() throws Exception {
        String none = folder.resolve("none/x").toString();
        assertThat(run("client", "--raw", "--output", none)).isEqualTo(1);
        assertThat(console.err()).contains("none: no such directory\n").hasLineCount(1);
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }
}
