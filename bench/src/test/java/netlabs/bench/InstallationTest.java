package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.UsageException;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path home;

    private Installation installation(String version) {
        return new Installation(home, new Jdk(Path.of("/jdk"), version));
    }

    @Test
    void aLabIsThereOnceItsJarIs() throws Exception {
        assertThat(lab().missing()).startsWith("there is no lab-selector-server in ");
        Files.createDirectories(home.resolve("lab-selector-server/target"));
        assertThat(lab().missing())
                .isEqualTo("lab-selector-server is not built - mvn -DskipTests package, or ./lab bench");
        Path jar = Files.createFile(home.resolve("lab-selector-server/target/lab-selector-server.jar"));
        assertThat(lab().runs()).isTrue();
        assertThat(lab().command()).containsExactly("/jdk/bin/java", "-jar", jar.toString(), "server", "--quiet");
    }

    private Contestant lab() {
        return installation("17.0.15").lab("selector", "lab-selector-server", "server", "--quiet");
    }

    @Test
    void virtualThreadsNeedJava21() {
        Contestant contestant = Contestant.peer("virtual", List.of("java"));
        assertThat(installation("17.0.15").virtual(contestant).missing()).contains("need Java 21", "17.0.15");
        assertThat(installation("21").virtual(contestant).runs()).isTrue();
        assertThat(installation("25.0.1").virtual(contestant).runs()).isTrue();
    }

    @Test
    void missingContestantsAreSaidAndTheOthersRun() {
        TestConsole console = new TestConsole();
        Contestant there = Contestant.peer("epoll-c", List.of("c"));
        Contestant missing = Contestant.peer("python", List.of("p")).onlyIf(false, "there is no python3");
        assertThat(new Roster(List.of(there, missing))
                        .announce(console.console().out()))
                .containsExactly(there);
        assertThat(console.out()).isEqualTo("missing: python - there is no python3\n");
        assertThatThrownBy(() ->
                        new Roster(List.of(missing)).announce(console.console().out()))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("nobody is left");
    }

    @Test
    void aFolderWithoutAJdkIsWrongUsage() {
        assertThatThrownBy(() -> Jdk.in(home)).isInstanceOf(UsageException.class);
        assertThat(Jdk.in(Jdk.running().home()).feature())
                .isEqualTo(Runtime.version().feature());
    }

    /** As Debian has them, with a symbolic link and what is no JDK beside them. */
    @Test
    void theNewestJdkThatHasAProgramIsFound() throws Exception {
        Path old = jdk("java-17", "17.0.15");
        Jdk running = Jdk.in(old);
        assertThat(running.newestBeside("jwebserver")).isEmpty();
        jdk("java-26", "26");
        Path with = jdk("java-25", "25.0.1");
        executable(with.resolve("bin/jwebserver"));
        executable(jdk("java-21", "21.0.3").resolve("bin/jwebserver"));
        Files.createDirectory(home.resolve("no jdk"));
        Files.createSymbolicLink(home.resolve("link"), old);
        assertThat(running.newestBeside("jwebserver")).hasValue(with.resolve("bin/jwebserver"));
        assertThat(Jdk.in(home.resolve("link")).newestBeside("java")).hasValue(home.resolve("java-26/bin/java"));
    }

    private Path jdk(String name, String version) throws Exception {
        Path jdk = home.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/java"));
        return jdk;
    }

    private static void executable(Path file) throws Exception {
        assertThat(Files.createFile(file).toFile().setExecutable(true)).isTrue();
    }
}
