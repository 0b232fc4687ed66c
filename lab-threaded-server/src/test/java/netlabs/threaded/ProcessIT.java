package netlabs.threaded;

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
        return "threaded-server";
    }

    @Override
    protected String pythonServer() {
        return "threaded_server.py";
    }

    @Override
    protected String[] variant() {
        return new String[] {"--model", "pool", "--pool-size", "200"};
    }

    @Test
    void virtualThreadsServeFromJava21On() throws Exception {
        try (RunningProgram demo = LabJar.start(here, "demo", "--model", "virtual")) {
            int status = demo.awaitExit(TIMEOUT);
            if (Runtime.version().feature() >= 21) {
                assertThat(status).as(demo.toString()).isEqualTo(0);
                assertThat(demo.output()).contains("[virtual-1]: Connected: ").endsWith("Done.\n");
            } else {
                assertThat(status).isEqualTo(1);
                assertThat(demo.error())
                        .endsWith("error: virtual threads need Java 21 or newer, and this is Java "
                                + Runtime.version().feature() + " - take --model thread\n");
            }
        }
    }

    @Test
    void aPoolSizeWithoutAPoolIsWrongUsage() throws Exception {
        try (RunningProgram server = LabJar.start(here, "server", "--pool-size", "7")) {
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(2);
            assertThat(server.error()).startsWith("error: --pool-size goes with --model pool only");
        }
    }
}
