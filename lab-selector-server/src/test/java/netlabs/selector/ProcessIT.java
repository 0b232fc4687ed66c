package netlabs.selector;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.EchoProcessStories;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's jar. */
class ProcessIT extends EchoProcessStories {
    @TempDir
    private Path here;

    @Override
    protected String expected() {
        return "selector-server";
    }

    @Override
    protected String pythonServer() {
        return "selector_server.py";
    }

    @Override
    protected String[] variant() {
        return new String[] {"--loops", "2"};
    }

    @Test
    void theTraceShowsKeysAndTheirSets() throws Exception {
        try (RunningProgram demo = LabJar.start(here, "demo", "--trace")) {
            assertThat(demo.awaitExit(TIMEOUT)).as(demo.toString()).isEqualTo(0);
            assertThat(demo.output())
                    .containsPattern("\\[loop-1]: select, 1 key: \\('127.0.0.1', \\d+\\) ACCEPT\n")
                    .containsPattern("\\[loop-1]:   key \\('127.0.0.1', \\d+\\)  interest ACCEPT  ready ACCEPT\n")
                    .containsPattern("\\[loop-1]:   registered \\('127.0.0.1', \\d+\\)  interest READ\n")
                    .containsPattern("\\[loop-1]:   key \\('127.0.0.1', \\d+\\)  interest READ  ready READ\n")
                    .containsPattern("\\[loop-1]:   cancelled \\('127.0.0.1', \\d+\\)\n")
                    .doesNotContain("WRITE");
        }
    }
}
