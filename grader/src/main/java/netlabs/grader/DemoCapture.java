package netlabs.grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/** The first exercise once more, with its packets recorded and drawn; where nobody may record, it says so. */
final class DemoCapture {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path home;
    private final Path folder;

    /**
     * @param home the project's folder
     */
    DemoCapture(Path home) {
        this.home = home;
        this.folder = home.resolve("target/demo/capture");
    }

    /**
     * @return lines to be shown: where the capture is, and its ladder diagram; or why there is none
     * @throws IOException if a program cannot be started
     */
    List<String> run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("tcp-echo.pcap");
        Files.deleteIfExists(file); // that of an earlier run must not pass for this one's
        try {
            program("lab-tcp-echo", "demo", "--capture", file.toString());
            List<String> lines = new ArrayList<>(List.of("capture: " + home.relativize(file)));
            for (String line : program("capture", "flow", file.toString()).split("\n")) {
                lines.add(line.isEmpty() ? line : "  " + line);
            }
            return lines;
        } catch (TimeoutException | FailedException e) {
            return List.of("capture: not recorded - " + e.getMessage());
        }
    }

    /** A program has ended with another status than 0. */
    private static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String error) {
            super(error);
        }
    }

    /**
     * @return what it printed
     */
    private String program(String module, String... arguments)
            throws IOException, InterruptedException, TimeoutException, FailedException {
        List<String> command = new ArrayList<>(List.of(RunningProgram.java(), "-jar"));
        command.add(
                home.resolve(module).resolve("target").resolve(module + ".jar").toString());
        command.addAll(List.of(arguments));
        try (RunningProgram program = RunningProgram.start(folder, command)) {
            program.endInput();
            if (program.awaitExit(TIMEOUT) != 0) {
                throw new FailedException(program.error().strip().replaceFirst("^error: ", ""));
            }
            return program.output();
        }
    }
}
