package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.LabException;
import netlabs.common.process.RunningProgram;

/**
 * Who takes part in the startup suite: for each JDK a bare hello world, {@code java -jar} of the lab
 * and {@code ./lab}; and the Python client once.
 */
final class StartupContestants {
    private static final Duration COMPILER = Duration.ofMinutes(1);
    private static final String HELLO = "public class Hello { public static void main(String[] args) {"
            + " System.out.println(\"" + StartupTrial.WORD + "\"); } }\n";

    private final Path home;
    private final int port;
    private final Path scratch;

    /**
     * @param home the project's folder
     * @param port of the server that answers
     * @param scratch a folder for the hello worlds
     */
    StartupContestants(Path home, int port, Path scratch) {
        this.home = home;
        this.port = port;
        this.scratch = scratch;
    }

    /** The name of the hello world of {@code jdk}, which that JDK's other contestants are compared with. */
    static String hello(Jdk jdk) {
        return "JDK " + jdk.version() + ", hello world";
    }

    /** The lab's jar. */
    static Path jar(Path home) {
        return home.resolve("lab-tcp-echo/target/lab-tcp-echo.jar");
    }

    List<Contestant> of(List<Jdk> jdks) throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        for (Jdk jdk : jdks) {
            String name = "JDK " + jdk.version();
            contestants.add(helloWorld(jdk));
            contestants.add(Contestant.lab(
                    name + ", java -jar", request(jdk.java(), "-jar", jar(home).toString())));
            contestants.add(new Installation(home, jdk)
                    .launched(name + ", ./lab", request("tcp-echo").toArray(String[]::new)));
        }
        contestants.add(python());
        return contestants;
    }

    private Contestant helloWorld(Jdk jdk) throws IOException, InterruptedException {
        Path javac = jdk.home().resolve("bin/javac");
        Path classes = Files.createDirectories(scratch.resolve(jdk.version()));
        Contestant contestant = Contestant.peer(hello(jdk), List.of(jdk.java(), "-cp", classes.toString(), "Hello"));
        if (!Files.isExecutable(javac)) {
            return contestant.onlyIf(false, jdk.home() + " has no bin/javac - a JDK is needed");
        }
        Path source = Files.writeString(classes.resolve("Hello.java"), HELLO);
        try (RunningProgram compiler = RunningProgram.start(classes, List.of(javac.toString(), source.toString()))) {
            if (compiler.awaitExit(COMPILER) != 0) {
                throw new LabException("javac fails: " + compiler.error().strip());
            }
        } catch (TimeoutException e) {
            throw new LabException("javac does not end", e);
        }
        return contestant;
    }

    private Contestant python() {
        String script = home.resolve("samples/python/secret_client.py").toString();
        List<String> command =
                List.of(SearchPath.orName("python3"), script, "127.0.0.1", Integer.toString(port), StartupTrial.WORD);
        return Installation.installed("Python client", "python3", "python3", command);
    }

    private List<String> request(String... program) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of("client", "--exercise", "echo", "--port", Integer.toString(port), StartupTrial.WORD));
        return command;
    }
}
