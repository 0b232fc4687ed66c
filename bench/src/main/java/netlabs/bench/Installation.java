package netlabs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where everything is that takes part: the labs' jars, the peers in this jar, the peers in C and
 * Python. Each method makes a {@link Contestant}, and says what is missing instead of failing.
 *
 * @param home the project's folder
 * @param jdk what runs all Java contestants
 */
record Installation(Path home, Jdk jdk) {
    private static final String PYTHON = "python3";

    /** The lab in {@code module}. */
    Contestant lab(String name, String module, String... arguments) {
        Path jar = jar(module);
        return Contestant.lab(name, labCommand(module, arguments))
                .onlyIf(Files.isDirectory(home.resolve(module)), "there is no " + module + " in " + home)
                .onlyIf(Files.isRegularFile(jar), module + " is not built - mvn -DskipTests package, or ./lab bench");
    }

    /** As {@code ./lab} starts it, which builds what is missing. */
    Contestant launched(String name, String... words) {
        Path launcher = home.resolve("lab");
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return Contestant.lab(name, command)
                .with(Map.of("JAVA_HOME", jdk.home().toString()))
                .onlyIf(Files.isExecutable(launcher), "there is no launcher lab in " + home);
    }

    /** How the lab in {@code module} is started. */
    List<String> labCommand(String module, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(jdk.java(), "-jar", jar(module).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Path jar(String module) {
        return home.resolve(module).resolve("target").resolve(module + ".jar");
    }

    /** A program of {@link netlabs.bench.peers}, on a free port. */
    Contestant java(String name, Class<?> main, String... arguments) {
        return java(name, List.of(), main, arguments);
    }

    /** As {@link #java}, for Netty's native transport: there are libraries for two architectures. */
    Contestant nettyNative(String name, Class<?> main, String... arguments) {
        String architecture = System.getProperty("os.arch");
        return netty(name, main, arguments)
                .onlyIf(
                        Set.of("amd64", "aarch64").contains(architecture),
                        "Netty has no native epoll for " + architecture);
    }

    /** As {@link #java}, with what Netty asks for on newer JDKs. */
    Contestant netty(String name, Class<?> main, String... arguments) {
        return java(name, nettyOptions(), main, arguments);
    }

    private Contestant java(String name, List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(options);
        // That of this program: its jar.
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), "0"));
        command.addAll(List.of(arguments));
        return Contestant.peer(name, command);
    }

    /** Permission for native libraries (JEP 472) and for sun.misc.Unsafe (JEP 498), without which it is slower. */
    private List<String> nettyOptions() {
        return jdk.feature() < 24
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** Virtual threads are only there from Java 21 on. */
    Contestant virtual(Contestant contestant) {
        return contestant.onlyIf(
                jdk.feature() >= 21,
                "virtual threads need Java 21 or newer, and this is " + jdk.version() + " - --java-home");
    }

    /** A program in C, on a free port. */
    Contestant c(String name, NativeProgram program) {
        return Contestant.peer(name, List.of(program.binary().toString(), "0"));
    }

    /** A program in {@code bench/src/main/python}, on a free port. */
    Contestant python(String name, String script, String... arguments) {
        List<String> command = new ArrayList<>(pythonCommand(script, "0"));
        command.addAll(List.of(arguments));
        return installed(name, PYTHON, PYTHON, command);
    }

    /** How a program in {@code bench/src/main/python} is started. */
    List<String> pythonCommand(String script, String... arguments) {
        Path file = home.resolve("bench/src/main/python").resolve(script);
        List<String> command = new ArrayList<>(List.of(SearchPath.orName(PYTHON), file.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A command that needs {@code program}, which Debian has in {@code debianPackage}. */
    static Contestant installed(String name, String program, String debianPackage, List<String> command) {
        return Contestant.peer(name, command)
                .onlyIf(
                        SearchPath.find(program).isPresent(),
                        "there is no " + program + " - on Debian: apt-get install " + debianPackage);
    }

    /** A program in {@code bench/src/main/c}. */
    NativeProgram nativeProgram(String name) {
        return new NativeProgram(
                home.resolve("bench/src/main/c").resolve(name + ".c"),
                home.resolve("bench/target/native").resolve(name));
    }
}
