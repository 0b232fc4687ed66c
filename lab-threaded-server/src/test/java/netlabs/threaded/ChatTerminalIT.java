package netlabs.threaded;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The chat in a pseudo-terminal, which {@code src/test/python/chat_terminal.py} plays: a line that
 * arrives does not tear the one being typed, nothing but the chat is printed, and the terminal is
 * given back as it was.
 */
@Timeout(120)
class ChatTerminalIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"listen, ctrl-d", "listen, ctrl-c", "listen, ended", "join, ctrl-d", "join, ctrl-c", "join, ended"})
    void aLineBeingTypedIsNotTornAndTheTerminalIsGivenBack(String side, String ending) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Peers.require("python3"),
                Path.of("src/test/python/chat_terminal.py").toAbsolutePath().toString(),
                side,
                ending));
        Peers.require("stty");
        command.addAll(LabJar.command());
        try (RunningProgram driver = RunningProgram.start(folder, command)) {
            assertThat(driver.awaitExit(TIMEOUT.multipliedBy(3)))
                    .as(driver.toString())
                    .isEqualTo(0);
        }
    }
}
