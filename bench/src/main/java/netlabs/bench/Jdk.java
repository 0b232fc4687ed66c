package netlabs.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import netlabs.common.cli.UsageException;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param version as {@code java.version} has it: {@code 17.0.15}
 */
record Jdk(Path home, String version) {

    /** The one that runs this program. */
    static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
    }

    /**
     * @throws UsageException if there is none in {@code home}
     */
    static Jdk in(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            throw new UsageException("no JDK in " + home + ": it has no readable file release");
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        if (!version.matches("\\d+([.\\-+_].*)?") || !hasJava(home)) {
            throw new UsageException("no JDK in " + home + ": it has no bin/java, or no JAVA_VERSION in release");
        }
        return new Jdk(home.toAbsolutePath(), version);
    }

    /**
     * Of this JDK and those in the folders beside it, the newest that has {@code program}.
     *
     * @param program in {@code bin}
     */
    Optional<Path> newestBeside(String program) {
        List<Jdk> all = new ArrayList<>(List.of(this));
        try (Stream<Path> beside = Files.list(home.toRealPath().getParent())) {
            for (Path each : (Iterable<Path>) beside.filter(Files::isDirectory)::iterator) {
                try {
                    all.add(in(each));
                } catch (UsageException e) {
                    // there is something else in that folder
                }
            }
        } catch (IOException e) {
            // nobody may look there: this one is all there is
        }
        return all.stream()
                .filter(each -> Files.isExecutable(each.home.resolve("bin").resolve(program)))
                .max(Comparator.comparingInt(Jdk::feature))
                .map(each -> each.home.resolve("bin").resolve(program));
    }

    /** The program {@code java}. */
    String java() {
        return home.resolve("bin/java").toString();
    }

    /** The feature release: 17, 21, 25. */
    int feature() {
        return Integer.parseInt(version.split("[^0-9]", 2)[0]);
    }

    private static boolean hasJava(Path home) {
        return Files.isExecutable(home.resolve("bin/java")) || Files.isExecutable(home.resolve("bin/java.exe"));
    }
}
