package netlabs.common.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of others that the tests talk to. On a bare machine a test whose peer is missing is
 * skipped and says so; with {@code -Dpeers=required}, as in CI, it fails.
 */
public final class Peers {
    private Peers() {}

    /**
     * @return the path of {@code program}, looked for in the system's folders first: a version
     *     manager's stand-in that comes earlier on the path costs 60 ms a start
     */
    public static String require(String program) {
        for (String folder : ("/usr/bin:/bin:" + System.getenv("PATH")).split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        String missing = program + " is not on this machine";
        if ("required".equals(System.getProperty("peers"))) {
            Assertions.fail(missing + ", and -Dpeers=required");
        }
        System.out.println("skipped: " + missing);
        Assumptions.abort(missing);
        throw new AssertionError("unreachable");
    }
}
