package netlabs.common.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.process.RunningProgram;

/** The executable jar of the module under test, run as a user runs it. */
public final class LabJar {
    /** How long a program may take for one step; generous, as CI machines are. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private LabJar() {}

    /** The folder with the inputs and the expected outputs. */
    public static Path samples() {
        return Path.of("../samples").toAbsolutePath().normalize();
    }

    /**
     * @return {@code java -jar target/<module>.jar <arguments>}
     */
    public static List<String> command(String... arguments) {
        Path module = Path.of("").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(RunningProgram.java(), "-jar"));
        command.add(
                module.resolve("target").resolve(module.getFileName() + ".jar").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts the jar in {@code folder}. */
    public static RunningProgram start(Path folder, String... arguments) throws IOException {
        return RunningProgram.start(folder, command(arguments));
    }

    /** Starts the jar in {@code folder} with variables added to the environment. */
    public static RunningProgram start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return RunningProgram.start(folder, environment, command(arguments));
    }
}
