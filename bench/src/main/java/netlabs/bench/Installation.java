package netlabs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where everything is that takes part: the labs' jars, the peers in this jar, the peers in C and
 * Python. Each method makes a {@link Contestant}, and says what is missing instead of failing.
 *
 * @param home the project's folder
 * @param jdk what runs all Java contestants
 */
record Installation(Path home, Jdk jdk) {

    /** The lab in {@code module}. */
    Contestant lab(String name, String module, String... arguments) {
        Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return Contestant.lab(name, command)
                .onlyIf(Files.isDirectory(home.resolve(module)), "there is no " + module + " in " + home)
                .onlyIf(Files.isRegularFile(jar), module + " is not built - mvn -DskipTests package, or ./lab bench");
    }

    /** A program of {@link netlabs.bench.peers}, on a free port. */
    Contestant java(String name, Class<?> main) {
        return java(name, List.of(), main);
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
        Path python = SearchPath.find("python3").orElse(Path.of("python3"));
        Path file = home.resolve("bench/src/main/python").resolve(script);
        List<String> command = new ArrayList<>(List.of(python.toString(), file.toString(), "0"));
        command.addAll(List.of(arguments));
        return Contestant.peer(name, command)
                .onlyIf(Files.isExecutable(python), "there is no python3 - on Debian: apt-get install python3");
    }

    /** A program in {@code bench/src/main/c}. */
    NativeProgram nativeProgram(String name) {
        return new NativeProgram(
                home.resolve("bench/src/main/c").resolve(name + ".c"),
                home.resolve("bench/target/native").resolve(name));
    }
}
