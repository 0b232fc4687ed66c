package netlabs.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where programs of others are found. */
final class SearchPath {
    private SearchPath() {}

    /**
     * @return the path of {@code program}, looked for in the system's folders first: a version
     *     manager's stand-in that comes earlier on the path costs 60 ms a start. Debian has servers in
     *     a folder that is not on everybody's path
     */
    static Optional<Path> find(String program) {
        for (String folder : ("/usr/bin:/bin:/usr/sbin:" + System.getenv("PATH")).split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * @return the path of {@code program}, or its bare name where there is none
     */
    static String orName(String program) {
        return find(program).map(Path::toString).orElse(program);
    }
}
