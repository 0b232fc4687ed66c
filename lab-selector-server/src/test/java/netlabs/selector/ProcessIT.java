package netlabs.selector;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.EchoProcessStories;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
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

    @Test
    void loopsThatTheSystemDoesNotGiveAreAnErrorLine() throws Exception {
        List<String> command = new ArrayList<>(List.of(Peers.require("prlimit"), "--nofile=100:100"));
        command.addAll(LabJar.command("server", "--loops", "200", "--port", "0"));
        try (RunningProgram server = RunningProgram.start(here, command)) {
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.error())
                    .startsWith("error: cannot start 200 loops: ")
                    .hasLineCount(1);
        }
    }
}
