package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo} and {@code compare} on the labs as they were just built. */
@Timeout(300)
class DemoIT {
    /** All exercises, a few processes each: on a machine that is doing something else. */
    private static final Duration DEMO = Duration.ofMinutes(2);

    private static final Path HOME = LabJar.samples().getParent();

    @TempDir
    private Path folder;

    @Test
    void everyExerciseIsAsExpected() throws Exception {
        Path home = copyOfHome();
        try (RunningProgram demo = LabJar.start(folder, "demo", "--home", home.toString())) {
            assertThat(demo.awaitExit(DEMO)).as(demo.toString()).isEqualTo(0);
            assertThat(demo.output().lines().filter(line -> line.startsWith("  ✓ ")))
                    .hasSameSizeAs(DemoExercise.ALL);
            assertThat(demo.output()).endsWith("All " + DemoExercise.ALL.size() + " exercises are as expected.\n");
            assertThat(demo.error()).isEmpty();
        }
        assertThat(home.resolve("target/demo/tcp-echo/reverse/out-proj.txt"))
                .hasSameBinaryContentAs(HOME.resolve("samples/expected/out-proj.txt"));
    }

    @Test
    void aCaptureIsRecordedAndDrawn() throws Exception {
        List<String> lines = new DemoCapture(copyOfHome()).run();

        if (lines.get(0).startsWith("capture: not recorded - ")) {
            throw Peers.missing("permission to record: " + lines.get(0));
        }
        assertThat(lines.get(0)).isEqualTo("capture: target/demo/capture/tcp-echo.pcap");
        assertThat(lines).anyMatch(line -> line.contains("'HELLO\\n'")).anyMatch(line -> line.endsWith("handshake"));
    }

    @Test
    void aReasonIsGivenWhereNoCaptureCanBeRecorded() throws Exception {
        Path home = Files.createDirectory(folder.resolve("empty"));

        assertThat(new DemoCapture(home).run()).singleElement().asString().startsWith("capture: not recorded - ");
    }

    @Test
    void aDeviationIsShownAndFailsTheDemo() throws Exception {
        Path home = copyOfHome();
        Files.writeString(home.resolve("samples/expected/tcp-echo/secret-client.txt"), "Sent: something else\n");
        Files.createDirectories(home.resolve("target/demo/tcp-echo/upper"));
        Files.writeString(home.resolve("target/demo/tcp-echo/upper/client.txt"), "an earlier run\n");
        try (RunningProgram demo = LabJar.start(folder, "demo", "--home", home.toString())) {
            assertThat(demo.awaitExit(DEMO)).isEqualTo(1);
            assertThat(demo.output())
                    .contains(
                            "  ✗ secret          target/demo/tcp-echo/secret\n",
                            "client.txt, line 1\n",
                            "expected: Sent: something else\n",
                            "actual:   Sent: 123Ted 32is 343SECRET cool\n",
                            "  ✓ upper ");
            assertThat(demo.error())
                    .isEqualTo("error: 1 of " + DemoExercise.ALL.size() + " exercises are not as expected\n");
        }
    }

    @Test
    void aProgramThatDoesNotStartIsShown() throws Exception {
        Path home = copyOfHome();
        Files.delete(home.resolve("lab-tcp-echo"));
        try (RunningProgram demo = LabJar.start(folder, "demo", "--home", home.toString())) {
            assertThat(demo.awaitExit(DEMO)).isEqualTo(1);
            assertThat(demo.output()).contains("✗ reverse ", "no ready line");
            assertThat(demo.output().lines().filter(line -> line.contains("✓")))
                    .noneMatch(line -> line.contains("/tcp-echo/"));
        }
    }

    @Test
    void compareTellsEqualFromDifferent() throws Exception {
        Path actual = Files.writeString(folder.resolve("a.txt"), "Sent: x\n");
        assertThat(compare(actual, actual)).isEqualTo(0);
        assertThat(compare(actual, Files.writeString(folder.resolve("b.txt"), "Sent: y\n")))
                .isEqualTo(1);
        assertThat(compare(actual, folder.resolve("none.txt"))).isEqualTo(1);
        try (RunningProgram compare = LabJar.start(folder, "compare", actual.toString())) {
            assertThat(compare.awaitExit(TIMEOUT)).isEqualTo(2);
        }
    }

    private int compare(Path expected, Path actual) throws Exception {
        try (RunningProgram compare = LabJar.start(folder, "compare", expected.toString(), actual.toString())) {
            int status = compare.awaitExit(TIMEOUT);
            assertThat(compare.output().isEmpty())
                    .isEqualTo(status == 0 || compare.error().contains("no such file"));
            return status;
        }
    }

    /** The samples, and a link to the folder of each lab with its jar: what the demo needs of a home. */
    private Path copyOfHome() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Stream<Path> files = Files.walk(HOME.resolve("samples"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, home.resolve(HOME.relativize(file)));
            }
        }
        try (DirectoryStream<Path> labs = Files.newDirectoryStream(HOME, "{lab-*,capture}")) {
            for (Path lab : labs) {
                Files.createSymbolicLink(home.resolve(lab.getFileName()), lab);
            }
        }
        return home;
    }
}
