package netlabs.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.Framing;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class ProgramTest {
    /** Has every shared option and prints what it was given. */
    private static final class Server extends Subcommand {
        Server() {
            super("server", "Serves.");
        }

        @Override
        protected void define(CommandSpec spec) {
            CommonOptions.addServer(spec, "127.0.0.1", "5005.");
            CommonOptions.addMessages(spec);
            spec.addPositional(CommonOptions.arguments("[<word>...]", "Words."));
        }

        @Override
        protected void run(CommandSpec parsed, Console console) {
            List<String> words = CommonOptions.arguments(parsed);
            if (words.contains("fail")) {
                throw new LabException("the exercise failed", new IllegalStateException("the cause"));
            }
            if (words.contains("misuse")) {
                throw new UsageException("words clash");
            }
            if (words.contains("bug")) {
                throw new IllegalStateException("a bug");
            }
            console.out().line(CommonOptions.server(parsed, 5005) + " " + words);
            console.out().line(CommonOptions.messages(parsed).toString());
        }
    }

    private final TestConsole console = new TestConsole();

    private int run(String... args) {
        return new Program("lab-test", "A test.", List.of(new Server())).run(args, console.console());
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(run("server")).isEqualTo(0);
        assertThat(console.out())
                .contains("/127.0.0.1", "port=5005", "maxClients=4096", "once=false")
                .contains("idleTimeoutMillis=300000", "quiet=false")
                .contains("framing=" + Framing.AUTO, "quietPeriodMillis=200");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void optionsAreReadBack() {
        assertThat(run(
                        "server",
                        "--bind",
                        "::1",
                        "--port=0",
                        "--max-clients",
                        "3",
                        "--once",
                        "--quiet",
                        "--idle-timeout",
                        "2s",
                        "--framing",
                        "bare",
                        "--quiet-period",
                        "75ms"))
                .isEqualTo(0);
        assertThat(console.out())
                .contains("port=0", "maxClients=3", "once=true", "idleTimeoutMillis=2000", "quiet=true")
                .contains("framing=BARE", "quietPeriodMillis=75");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "5s, 5000", "250, 250", "0, 0"})
    void durations(String given, int millis) {
        assertThat(run("server", "--idle-timeout", given)).isEqualTo(0);
        assertThat(console.out()).contains("idleTimeoutMillis=" + millis + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--idle-timeout=-1",
                "--idle-timeout=5m",
                "--idle-timeout=1.5s",
                "--idle-timeout=",
                "--idle-timeout=99999999s",
                "--idle-timeout=99999999999999999999",
                "--quiet-period=0",
                "--port=-1",
                "--port=65536",
                "--port=http",
                "--max-clients=0",
                "--framing=lines",
                "--bind=no such host",
                "--unknown",
                "--port",
                "--once=perhaps"
            })
    void wrongUsageIsOneLineAndStatus2(String option) {
        assertThat(run("server", option)).isEqualTo(2);
        assertThat(console.err()).startsWith("error: ").endsWith("--help)\n").hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aTypoIsPutRight() {
        assertThat(run("server", "--quite")).isEqualTo(2);
        assertThat(console.err()).contains("unknown option '--quite', did you mean --quiet");
    }

    @Test
    void anUnknownOrMissingSubcommandIsWrongUsage() {
        assertThat(run("sever")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(console.err()).isEqualTo("""
            error: unknown subcommand 'sever': one of server (see lab-test --help)
            error: missing subcommand: one of server (see lab-test --help)
            """);
    }

    @Test
    void wordsMayLookLikeOptionFilesOrVariables() {
        assertThat(run("server", "@/etc/hosts", "${user.home}", "--", "--port", "-x"))
                .isEqualTo(0);
        assertThat(console.out()).contains("[@/etc/hosts, ${user.home}, --port, -x]");
    }

    @Test
    void aFailureIsOneLineAndStatus1() {
        assertThat(run("server", "fail")).isEqualTo(1);
        assertThat(console.err()).isEqualTo("error: the exercise failed\n");
    }

    @Test
    void verboseShowsTheStackTrace() {
        assertThat(run("server", "--verbose", "fail")).isEqualTo(1);
        assertThat(console.err()).contains("error: the exercise failed\n", "Caused by", "the cause");
    }

    @Test
    void anOptionsClashIsStatus2() {
        assertThat(run("server", "misuse")).isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: words clash (see lab-test server --help)\n");
    }

    @Test
    void aBugIsSaidToBeOne() {
        assertThat(run("server", "bug")).isEqualTo(1);
        assertThat(console.err()).contains("internal error").hasLineCount(1);
    }

    @Test
    void helpVersionAndCompletionGoToStandardOutput() {
        assertThat(run("--help")).isEqualTo(0);
        assertThat(run("server", "--help")).isEqualTo(0);
        assertThat(run("--version")).isEqualTo(0);
        assertThat(run("completion")).isEqualTo(0);
        assertThat(console.err()).isEmpty();
        assertThat(console.out())
                .contains("Serves.", "Usage: lab-test server [OPTIONS] [<word>...]")
                .contains("lab-test (not run from its jar)")
                .contains("--idle-timeout=<time>", "complete -F _complete_lab-test");
    }

    @Property(tries = 300)
    void noCommandLineEndsInAStackTrace(@ForAll List<String> args) {
        TestConsole each = new TestConsole();
        int status =
                new Program("lab-test", "A test.", List.of(new Server())).run(withSubcommand(args), each.console());
        assertThat(status).isBetween(0, 2);
        assertThat(each.err()).doesNotContain("\tat ").doesNotContain("internal error");
    }

    private static String[] withSubcommand(List<String> args) {
        List<String> all = new java.util.ArrayList<>(List.of("server"));
        all.addAll(args);
        return all.toArray(new String[0]);
    }
}
