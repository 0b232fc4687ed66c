package netlabs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/**
 * A contestant that serves.
 *
 * @param program its process
 * @param port what its ready line says
 */
record ServerProcess(RunningProgram program, int port) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofMillis(500);

    /**
     * Starts {@code contestant} and waits for its ready line.
     *
     * @throws TrialFailedException if it cannot be started, or does not get ready
     */
    static ServerProcess start(Contestant contestant) throws TrialFailedException, InterruptedException {
        RunningProgram program;
        try {
            program = RunningProgram.start(Path.of("."), contestant.environment(), contestant.command());
        } catch (IOException e) {
            throw new TrialFailedException("it cannot be started: " + e.getMessage());
        }
        ServerProcess server = new ServerProcess(program, 0);
        try {
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

    long pid() {
        return program.pid();
    }

    /**
     * @return in words whether it still runs, with the last line that it printed on standard error
     */
    String fate() throws InterruptedException {
        String end = "the server still runs";
        try {
            end = "the server ended with exit status " + program.awaitExit(END);
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
