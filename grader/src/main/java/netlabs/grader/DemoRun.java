package netlabs.grader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import netlabs.common.console.ExpectedTranscript;
import netlabs.common.process.RunningProgram;

/** Runs one {@link DemoExercise} as real processes, keeps what they wrote, and compares it. */
final class DemoRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int SIGTERM_STATUS = 143;

    private final Path home;
    private final DemoExercise exercise;
    private final Path folder;

    /**
     * @param home the project's folder
     */
    DemoRun(Path home, DemoExercise exercise) {
        this.home = home;
        this.exercise = exercise;
        this.folder = home.resolve("target/demo").resolve(exercise.lab()).resolve(exercise.name());
    }

    /** Where the transcripts and output files are. */
    Path folder() {
        return folder;
    }

    /**
     * @return what is not as it should be; empty if all is
     * @throws IOException if a program cannot be started or its output not kept
     */
    List<String> run() throws IOException, InterruptedException {
        empty(folder);
        List<String> problems = new ArrayList<>();
        try {
            if (exercise.server().isEmpty()) {
                runToTheEnd(exercise.client(), "client", problems);
            } else {
                try (RunningProgram server = start(exercise.server())) {
                    int port = server.awaitReady(TIMEOUT);
                    runToTheEnd(exercise.clientOf(port), "client", problems);
                    int expected = 0;
                    if (!exercise.serverEnds()) {
                        server.terminate();
                        expected = SIGTERM_STATUS;
                    }
                    keep(server, server.awaitExit(TIMEOUT), expected, "server", problems);
                }
            }
            compare(problems);
        } catch (TimeoutException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    private void runToTheEnd(List<String> arguments, String name, List<String> problems)
            throws IOException, InterruptedException, TimeoutException {
        try (RunningProgram program = start(arguments)) {
            program.type(exercise.typed());
            program.endInput();
            keep(program, program.awaitExit(TIMEOUT), 0, name, problems);
        }
    }

    private RunningProgram start(List<String> arguments) throws IOException {
        String jar = "lab-" + exercise.lab();
        List<String> command = new ArrayList<>(List.of(RunningProgram.java(), "-jar"));
        command.add(home.resolve(jar).resolve("target").resolve(jar + ".jar").toString());
        for (String argument : arguments) {
            command.add(argument.replace("{samples}", home.resolve("samples").toString()));
        }
        return RunningProgram.start(folder, command);
    }

    private void keep(RunningProgram program, int status, int expected, String name, List<String> problems)
            throws IOException {
        Files.write(folder.resolve(name + ".txt"), program.outputBytes());
        Files.write(folder.resolve(name + "-stderr.txt"), program.error().getBytes(StandardCharsets.UTF_8));
        if (status != expected) {
            problems.add(
                    name + ": exit status " + status + "\n  " + program.error().strip());
        }
    }

    private void compare(List<String> problems) throws IOException {
        for (Map.Entry<String, String> file : new TreeMap<>(exercise.expected()).entrySet()) {
            Path actual = folder.resolve(file.getKey());
            Path expected = home.resolve("samples/expected").resolve(file.getValue());
            if (!Files.exists(actual)) {
                problems.add(file.getKey() + ": not written");
                continue;
            }
            for (String difference :
                    new ExpectedTranscript(Files.readAllBytes(expected)).differences(Files.readAllBytes(actual))) {
                problems.add(file.getKey() + ", " + difference);
            }
        }
    }

    /** Output of an earlier run must not pass for this one's. */
    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
    }
}
