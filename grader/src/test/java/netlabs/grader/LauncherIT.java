package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code ./lab}, with the JDK that runs the tests. */
@Timeout(120)
class LauncherIT {
    private static final Path LAB = LabJar.samples().resolveSibling("lab");

    @TempDir
    private Path folder;

    @BeforeEach
    void shellIsThere() {
        Peers.require("sh");
    }

    private RunningProgram lab(String... arguments) throws IOException {
        return lab(LAB, Map.of(), arguments);
    }

    private RunningProgram lab(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        return RunningProgram.start(folder, all, command);
    }

    @Test
    void itRunsALabFromAnyFolderAndThroughALink() throws Exception {
        Path one = Files.createSymbolicLink(folder.resolve("one"), LAB);
        Path two = Files.createSymbolicLink(folder.resolve("two"), one.getFileName());
        for (Path launcher : List.of(LAB, one, two)) {
            try (RunningProgram program = lab(launcher, Map.of(), "tcp-echo", "demo", "two words", "")) {
                assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
                assertThat(program.output())
                        .contains("Data sent to server: two words\n", "Data sent to server: \n")
                        .endsWith("Done.\n");
            }
        }
        assertThat(folder.resolve("out-proj.txt")).hasContent("SDROW OWT\n\n");
    }

    @Test
    void exitStatusesArePassedOn() throws Exception {
        for (Map.Entry<String, Integer> each : Map.of("--version", 0, "--unknown", 2, "demo --out /no/such/file", 1)
                .entrySet()) {
            List<String> arguments = new ArrayList<>(List.of("tcp-echo"));
            arguments.addAll(List.of(each.getKey().split(" ")));
            try (RunningProgram program = lab(arguments.toArray(new String[0]))) {
                assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void anUnknownLabIsWrongUsage() throws Exception {
        for (String name : List.of("tcp-eco", "../lab-tcp-echo", ".", "x/y")) {
            try (RunningProgram program = lab(name)) {
                assertThat(program.awaitExit(TIMEOUT)).isEqualTo(2);
                assertThat(program.error())
                        .startsWith("error: unknown lab '" + name + "'")
                        .hasLineCount(1);
                assertThat(program.output()).isEmpty();
            }
        }
    }

    /** A closed descriptor 0 is the next file that the JVM opens: its own, which would be read as messages. */
    @Test
    void aClosedStandardInputIsAnEmptyOne() throws Exception {
        Path jar = LAB.resolveSibling("lab-binary-protocol/target/lab-binary-protocol.jar");
        try (RunningProgram server = lab("binary-protocol", "server", "--port", "0")) {
            String port = "" + server.awaitReady(TIMEOUT);
            for (String command : List.of(LAB + " binary-protocol", RunningProgram.java() + " -jar " + jar)) {
                List<String> shell = List.of("sh", "-c", "exec " + command + " client --port \"$0\" <&-", port);
                try (RunningProgram client = RunningProgram.start(folder, shell)) {
                    assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
                    assertThat(client.output()).isEmpty();
                }
            }
        }
    }

    @Test
    void helpNamesTheLabs() throws Exception {
        for (String[] arguments : new String[][] {{}, {"help"}, {"--help"}}) {
            try (RunningProgram program = lab(arguments)) {
                assertThat(program.awaitExit(TIMEOUT)).isEqualTo(0);
                assertThat(program.output())
                        .contains(
                                "lab demo",
                                "Labs: tcp-echo udp-echo threaded-server selector-server binary-protocol file-transfer http-server");
            }
        }
    }

    @Test
    void captureIsStartedLikeALab() throws Exception {
        try (RunningProgram program = lab("capture", "record", "-c", "x", "-w", "a.pcap")) {
            assertThat(program.awaitExit(TIMEOUT)).isEqualTo(2);
            assertThat(program.error()).contains("'x' is not a number").doesNotContain("quick start of lab");
        }
        try (RunningProgram program = lab("capture", "record", "--help")) {
            assertThat(program.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(program.error()).isEmpty(); // the quick start has been prepared
            assertThat(program.output()).startsWith("Usage: capture record");
        }
    }

    @Test
    void aQuickStartIsPreparedOncePerBuild() throws Exception {
        try (RunningProgram program = lab("tcp-echo", "--version")) {
            program.awaitExit(TIMEOUT);
        }
        String version = System.getProperty("java.version");
        Path archive = LAB.resolveSibling("lab-tcp-echo/target/lab-tcp-echo-" + version + ".jsa");
        assertThat(archive).isNotEmptyFile();
        try (RunningProgram program = lab("tcp-echo", "--version")) {
            assertThat(program.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(program.error()).isEmpty();
        }
    }

    @Test
    void aMissingJdkIsSaid() throws Exception {
        RunningProgram program =
                RunningProgram.start(folder, Map.of("JAVA_HOME", "/no/such/jdk"), List.of(LAB.toString(), "tcp-echo"));
        try (program) {
            assertThat(program.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(program.error()).isEqualTo("error: JAVA_HOME has no bin/java: /no/such/jdk\n");
        }
    }

    @Test
    void fileNamesAreUtf8InTheCLocaleToo() throws Exception {
        try (RunningProgram program = lab(LAB, Map.of("LC_ALL", "C"), "tcp-echo", "demo", "--out", "ausgabe-ä.txt")) {
            assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
        }
        try (RunningProgram list = RunningProgram.start(folder, List.of("sh", "-c", "cat ausgabe-ä.txt"))) {
            assertThat(list.awaitExit(TIMEOUT)).as(list.toString()).isEqualTo(0);
        }
    }

    @Test
    void wordsAreCompleted() throws Exception {
        String bash = Peers.require("bash");
        Path completion = folder.resolve("completion.sh");
        try (RunningProgram program = lab("completion")) {
            assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
            Files.write(completion, program.outputBytes());
        }
        assertThat(completed(bash, completion, "lab", "tc")).isEqualTo("tcp-echo");
        assertThat(completed(bash, completion, "lab", "tcp-echo", "se")).isEqualTo("server");
        assertThat(completed(bash, completion, "lab", "tcp-echo", "server", "--idle"))
                .isEqualTo("--idle-timeout");
        assertThat(completed(bash, completion, "lab", "tcp-echo", "client", "--exercise", ""))
                .isEqualTo("reverse upper secret echo");
    }

    private String completed(String bash, Path completion, String... words) throws Exception {
        String script = "source \"$0\"; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
                + " COMP_LINE=\"$*\"; _complete_lab; echo \"${COMPREPLY[@]}\"";
        List<String> command = new ArrayList<>(List.of(bash, "-c", script, completion.toString()));
        command.addAll(List.of(words));
        try (RunningProgram program = RunningProgram.start(folder, command)) {
            assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(0);
            return program.output().strip();
        }
    }
}
