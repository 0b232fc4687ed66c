package netlabs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/**
 * A contestant that serves.
 *
 * @param program its process
 * @param port where it listens
 */
record ServerProcess(RunningProgram program, int port) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofMillis(500);

    /** Stands in a command for the port of a program that cannot pick a free one. */
    static final String PORT = "<port>";

    /**
     * Starts {@code contestant} and waits for its ready line. One whose command has a {@link #PORT} is given a free one,
     * and prints no such line: it is ready once somebody listens there.
     *
     * @throws TrialFailedException if it cannot be started, or does not get ready
     */
    static ServerProcess start(Contestant contestant) throws TrialFailedException, InterruptedException {
        boolean isGivenPort = contestant.command().stream().anyMatch(word -> word.contains(PORT));
        int port = 0;
        RunningProgram program;
        try {
            port = isGivenPort ? ListeningPorts.free() : 0;
            program =
                    RunningProgram.start(Path.of("."), contestant.environment(), withPort(contestant.command(), port));
        } catch (IOException e) {
            throw new TrialFailedException("it cannot be started: " + e.getMessage());
        }
        ServerProcess server = new ServerProcess(program, port);
        try {
            if (isGivenPort) {
                ListeningPorts.await(program, port, START);
                return server;
            }
            return new ServerProcess(program, program.awaitReady(START));
        } catch (TimeoutException e) {
            String fate = server.fate();
            server.close();
            throw new TrialFailedException("it did not get ready; " + fate);
        } catch (InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /**
     * @return {@code words} with {@code port} for each {@link #PORT}
     */
    static List<String> withPort(List<String> words, int port) {
        return words.stream()
                .map(word -> word.replace(PORT, Integer.toString(port)))
                .toList();
    }

    long pid() {
        return program.pid();
    }

    /**
     * @return in words whether it still runs, with the last line that it printed on standard error
     */
    String fate() throws InterruptedException {
        return fate("the server", program);
    }

    /** As {@link #fate()} of any program, which is {@code who}. */
    static String fate(String who, RunningProgram program) throws InterruptedException {
        String end = who + " still runs";
        try {
            end = who + " ended with exit status " + program.awaitExit(END);
        } catch (TimeoutException e) {
            // it does
        }
        String last = program.error().strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        return last.isEmpty() || last.startsWith("ready:") ? end : end + " and said last: " + last;
    }

    @Override
    public void close() {
        program.close();
    }
}
