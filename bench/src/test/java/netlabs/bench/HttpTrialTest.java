package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Web servers that do what they should at first, under the load of the real wrk. */
@Timeout(120)
class HttpTrialTest {
    private static final String SCRIPT =
            Path.of("src/test/python/wrong_http.py").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    private HttpFiles files;
    private Wrk wrk;

    @BeforeEach
    void prepare() throws Exception {
        Peers.require("gcc");
        Peers.require("wrk");
        NativeProgram rusage =
                new NativeProgram(Path.of("src/main/c/rusage.c").toAbsolutePath(), folder.resolve("native/rusage"));
        rusage.build();
        files = HttpFiles.in(folder.resolve("files"), List.of(1000L));
        wrk = new Wrk(rusage, Path.of("src/main/lua/figures.lua").toAbsolutePath(), files.beside("wrk.json"));
    }

    @AfterEach
    void end() throws Exception {
        if (files != null) {
            files.close();
        }
    }

    /** What it answers to all but the first request is said by {@code later}. */
    private Contestant python(String later) {
        HttpFile file = files.files().get(0);
        return Contestant.peer(
                        "python",
                        List.of(
                                Peers.require("python3"),
                                SCRIPT,
                                later,
                                file.path().toString()))
                .doing(file.workload());
    }

    private void fails(String later, String message) {
        assertThatThrownBy(() -> new HttpTrial(wrk, files, 0, 1).run(python(later), 2))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageMatching(message);
    }

    @Test
    void aServerIsMeasuredAfterALoadThatIsNot() throws Exception {
        HttpFigures figures = new HttpTrial(wrk, files, 1, 1).run(python("well"), 2);
        assertThat(figures.requests()).isPositive();
        assertThat(figures.seconds()).isBetween(1.0, 10.0);
        assertThat(figures.gbPerSecond()).isEqualTo(figures.perSecond() * 1000 / 1e9);
        assertThat(figures.p99Us()).isGreaterThanOrEqualTo(figures.p50Us());
        assertThat(figures.serverShare()).isPositive();
        assertThat(figures.generatorShare()).isPositive();
        assertThat(figures.othersShare()).isNotNegative();
        assertThat(figures.peakKib()).isGreaterThan(1024);
    }

    /** wrk takes a redirection for an answer like others. */
    @Test
    void aRunWithAnotherAnswerIsNoFigure() {
        fails("redirect", "wrk received \\d+ bytes, and \\d+ answers of 1041 bytes are \\d+, with 2 unfinished .*");
        fails("not-found", "wrk counted 0 connect, 0 read, 0 write errors, 0 timeouts, [1-9]\\d* answers .*");
        fails("garbage", "wrk counted 0 connect, [1-9]\\d* read, .*");
    }

    @Test
    void memoryIsLookedAtEachSecond() throws Exception {
        SoakFigures figures = new SoakTrial(wrk, files, 2).run(python("well"), 2);
        assertThat(figures.memory()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(figures.memory().get(0).second()).isBetween(0.9, 10.0);
        assertThat(figures.peakKib()).isGreaterThanOrEqualTo(figures.endKib());
        assertThat(figures.errors()).isZero();
        assertThat(figures.requests()).isPositive();
    }

    @Test
    void errorsUnderALongLoadAreCounted() throws Exception {
        assertThat(new SoakTrial(wrk, files, 1).run(python("not-found"), 2).errors())
                .isPositive();
    }
}
