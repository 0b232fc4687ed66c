package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.LabException;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not do what they should, against the real load generator. */
@Timeout(120)
class LoadTrialTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void compilerIsThere() {
        Peers.require("gcc");
    }

    private Trial<LoadFigures> trial() throws Exception {
        return trial(Messages.LINES);
    }

    private Trial<LoadFigures> trial(Messages messages) throws Exception {
        NativeProgram generator =
                new NativeProgram(Path.of("src/main/c/load.c").toAbsolutePath(), folder.resolve("native/load"));
        generator.build();
        return new LoadTrial(Map.of("", new LoadGenerator(generator, new LoadPlan(0, 60_000, messages))));
    }

    private static Contestant java(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Jdk.running().java(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return Contestant.peer("dying", command);
    }

    @Test
    void aServerThatDiesMidRoundIsReported() throws Exception {
        Trial<LoadFigures> trial = trial();
        assertThatThrownBy(() -> trial.run(java(DyingServer.class.getName(), "100"), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("connection 0: closed by the server after 100 round trips; the server ended with exit"
                        + " status 3 and said last: out of luck");
    }

    @Test
    void aServerThatDoesNotStartIsReported() throws Exception {
        Trial<LoadFigures> trial = trial();
        assertThatThrownBy(() -> trial.run(java("NoSuchClass"), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("it did not get ready; the server ended with exit status 1");
        assertThatThrownBy(() -> trial.run(Contestant.peer("none", List.of("/no/such/program")), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("it cannot be started: ");
    }

    /** An echo server that changes one byte. */
    private static Contestant wrong(int at) {
        return Contestant.peer(
                "wrong",
                List.of(
                        Peers.require("python3"),
                        Path.of("src/test/python/wrong_echo.py").toString(),
                        Integer.toString(at)));
    }

    @Test
    void aWrongReplyIsReported() throws Exception {
        Trial<LoadFigures> trial = trial();
        assertThatThrownBy(() -> trial.run(wrong(20), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("connection 0: the reply after 0 round trips is not what was sent; ");
    }

    /** The order of the sixth frame comes back as another one. */
    @Test
    void aWrongFrameAmongManyIsReported() throws Exception {
        Trial<LoadFigures> trial = trial(Messages.frames("fixed", 29, 8));
        assertThatThrownBy(() -> trial.run(wrong(5 * 29 + 4), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("connection 0: the reply after 5 round trips is not what was sent; ");
    }

    @Test
    void moreFramesThanAReceiveTakesAreNotSent() throws Exception {
        Trial<LoadFigures> trial = trial(Messages.frames("variable", 73, 1000));
        assertThatThrownBy(() -> trial.run(wrong(0), 1))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("1000 messages of 73 bytes on their way are more than 65507 bytes; ");
    }

    @Test
    void whatTheCompilerFindsIsSaid() throws Exception {
        Path source = Files.writeString(folder.resolve("broken.c"), "int main(void) { return x; }\n");
        assertThatThrownBy(() -> new NativeProgram(source, folder.resolve("native/broken")).build())
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("gcc cannot compile " + source);
        assertThat(folder.resolve("native")).isEmptyDirectory();
    }
}
