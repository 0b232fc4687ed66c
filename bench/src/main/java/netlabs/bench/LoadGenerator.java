package netlabs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/** {@code load} or {@code udp_load}: a client in C that keeps a server busy and counts. */
final class LoadGenerator {
    /** Opening connections, and waiting for the last replies. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final NativeProgram program;
    private final LoadPlan plan;

    LoadGenerator(NativeProgram program, LoadPlan plan) {
        this.program = program;
        this.plan = plan;
    }

    /**
     * Runs it to its end.
     *
     * @param load how many connections or sockets
     * @throws TrialFailedException if the server did not answer as it should
     */
    LoadFigures run(ServerProcess server, int load) throws TrialFailedException, IOException, InterruptedException {
        try (RunningProgram generator = start(server, load)) {
            return finish(generator, server);
        }
    }

    /** Starts it; {@code more} arguments may follow. */
    RunningProgram start(ServerProcess server, int load, String... more) throws IOException {
        List<String> command =
                command(Integer.toString(server.port()), Integer.toString(load), Long.toString(server.pid()));
        command.addAll(List.of(more));
        return RunningProgram.start(Path.of("."), command);
    }

    /** Waits for its end and reads its result. */
    LoadFigures finish(RunningProgram generator, ServerProcess server)
            throws TrialFailedException, IOException, InterruptedException {
        try {
            Duration timeout = GRACE.plusMillis(plan.warmUpMillis()).plusMillis(plan.measureMillis());
            if (generator.awaitExit(timeout) != 0) {
                String error = generator.error().strip();
                throw new TrialFailedException(error.substring(error.lastIndexOf('\n') + 1)
                                .replaceFirst("^error: ", "") + "; " + server.fate());
            }
            return Json.MAPPER.readValue(generator.output(), LoadFigures.class);
        } catch (TimeoutException e) {
            throw new TrialFailedException("the load generator does not end; " + server.fate());
        } catch (JsonProcessingException e) {
            throw new IOException("the load generator printed no result: " + generator, e);
        }
    }

    /**
     * @return its command line, with names for what differs from run to run
     */
    List<String> describe() {
        return command("<port>", "<load>", "<pid>");
    }

    private List<String> command(String port, String load, String pid) {
        List<String> command = new ArrayList<>(List.of(program.binary().toString()));
        command.addAll(plan.messages().options());
        command.addAll(List.of(
                "127.0.0.1",
                port,
                load,
                Integer.toString(plan.warmUpMillis()),
                Integer.toString(plan.measureMillis()),
                Integer.toString(plan.messages().bytes()),
                pid));
        return command;
    }
}
