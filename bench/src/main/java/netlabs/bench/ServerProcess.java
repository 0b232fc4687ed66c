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

    private static final int ATTEMPTS = 3;

    /** What strerror(3) says of EADDRINUSE ends so, whoever prints it. */
    private static final String TAKEN = "already in use";

    /** Stands in a command for the port of a program that cannot pick a free one. */
    static final String PORT = "<port>";

    /**
     * Starts {@code contestant} and waits for its ready line. One whose command has a {@link #PORT} is given a free one,
     * and prints no such line: it is ready once somebody listens there. If another program was quicker to take that
     * port, it is started once more with another one.
     *
     * @throws TrialFailedException if it cannot be started, or does not get ready
     */
    static ServerProcess start(Contestant contestant) throws TrialFailedException, InterruptedException {
        boolean isGivenPort = contestant.command().stream().anyMatch(word -> word.contains(PORT));
        for (int attempt = 1; ; attempt++) {
            ServerProcess server = launch(contestant, isGivenPort);
            try {
                if (isGivenPort) {
                    ListeningPorts.await(server.program, server.port, START);
                    return server;
                }
                return new ServerProcess(server.program, server.program.awaitReady(START));
            } catch (TimeoutException e) {
                String fate = server.fate();
                server.close();
                if (!isGivenPort
                        || attempt == ATTEMPTS
                        || !server.program.error().contains(TAKEN)) {
                    throw new TrialFailedException("it did not get ready; " + fate);
                }
            } catch (InterruptedException e) {
                server.close();
                throw e;
            }
        }
    }

    private static ServerProcess launch(Contestant contestant, boolean isGivenPort) throws TrialFailedException {
        try {
            int port = isGivenPort ? ListeningPorts.free() : 0;
            List<String> command = withPort(contestant.command(), port);
            return new ServerProcess(RunningProgram.start(Path.of("."), contestant.environment(), command), port);
        } catch (IOException e) {
            throw new TrialFailedException("it cannot be started: " + e.getMessage());
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

    /** What it takes of the machine. */
    ServerUsage usage() {
        return new ServerUsage(this);
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
