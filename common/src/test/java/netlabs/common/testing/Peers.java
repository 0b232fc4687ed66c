package netlabs.common.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of others that the tests talk to. On a bare machine a test whose peer is missing is
 * skipped and says so; with {@code -Dpeers=required}, as in CI, it fails.
 */
public final class Peers {
    private Peers() {}

    /** Starts {@code program} in {@code folder}; skips or fails the test where there is none. */
    public static RunningProgram start(Path folder, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(require(program)));
        command.addAll(List.of(arguments));
        return RunningProgram.start(folder, command);
    }

    /** Starts the Python program {@code script} of {@code samples/python/} in {@code folder}. */
    public static RunningProgram python(Path folder, String script, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of(LabJar.samples().resolve("python").resolve(script).toString()));
        all.addAll(List.of(arguments));
        return start(folder, "python3", all.toArray(new String[0]));
    }

    /**
     * @return the path of {@code program}, looked for in the system's folders first: a version
     *     manager's stand-in that comes earlier on the path costs 60 ms a start
     */
    public static String require(String program) {
        for (String folder : ("/usr/bin:/bin:/usr/sbin:" + System.getenv("PATH")).split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw missing(program + " is not on this machine");
    }

    /**
     * Skips the test, or with {@code -Dpeers=required} fails it.
     *
     * @param what the reason, which is printed
     * @return never
     */
    public static AssertionError missing(String what) {
        if ("required".equals(System.getProperty("peers"))) {
            Assertions.fail(what + ", and -Dpeers=required");
        }
        System.out.println("skipped: " + what);
        Assumptions.abort(what);
        throw new AssertionError("unreachable");
    }
}
