package netlabs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.LabException;
import netlabs.common.process.RunningProgram;

/** The load generator of the HTTP suites, wrk(1): one thread, each connection with one request on its way. */
final class Wrk {
    private static final String PROGRAM = "wrk";

    /** As long as the other load generators wait. */
    private static final int TIMEOUT_SECONDS = 5;

    /** Opening connections, and wrk's own stop, which it looks for ten times a second. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final NativeProgram rusage;
    private final Path script;
    private final Path usage;

    /**
     * @param rusage the compiled {@code rusage.c}, which watches it
     * @param script {@code figures.lua}
     * @param usage where rusage may write
     */
    Wrk(NativeProgram rusage, Path script, Path usage) {
        this.rusage = rusage;
        this.script = script;
        this.usage = usage;
    }

    /**
     * The one of this machine.
     *
     * @param files have room for what it took
     * @throws LabException if there is none, or what watches it cannot be compiled
     */
    static Wrk of(Installation installation, HttpFiles files) throws InterruptedException {
        if (SearchPath.find(PROGRAM).isEmpty()) {
            throw new LabException(
                    "there is no wrk, and it makes the load of this suite - on Debian: apt-get install wrk");
        }
        NativeProgram rusage = installation.nativeProgram("rusage");
        rusage.build();
        return new Wrk(rusage, installation.home().resolve("bench/src/main/lua/figures.lua"), files.beside("wrk.json"));
    }

    /**
     * Runs it to its end.
     *
     * @throws TrialFailedException if the server cannot be connected to
     */
    WrkFigures run(ServerProcess server, HttpFile file, int connections, int seconds)
            throws TrialFailedException, IOException, InterruptedException {
        try (RunningProgram wrk = start(server, file, connections, seconds)) {
            return finish(wrk, server, Duration.ofSeconds(seconds));
        }
    }

    /** Starts it. */
    RunningProgram start(ServerProcess server, HttpFile file, int connections, int seconds) throws IOException {
        String url = "http://127.0.0.1:" + server.port() + file.target();
        return RunningProgram.start(
                Path.of("."),
                Rusage.watching(rusage, usage, command(Integer.toString(connections), Integer.toString(seconds), url)));
    }

    /** Waits for its end and reads its figures. */
    WrkFigures finish(RunningProgram wrk, ServerProcess server, Duration duration)
            throws TrialFailedException, IOException, InterruptedException {
        try {
            if (wrk.awaitExit(GRACE.plus(duration)) != 0) {
                throw new TrialFailedException(ServerProcess.fate(PROGRAM, wrk) + "; " + server.fate());
            }
        } catch (TimeoutException e) {
            throw new TrialFailedException("wrk does not end; " + server.fate());
        }
        return WrkFigures.parse(wrk.output());
    }

    /** What the last run took. */
    Rusage usage() throws IOException {
        return Rusage.read(usage);
    }

    /**
     * @return its command line, with names for what differs from run to run
     */
    List<String> describe() {
        return command("<connections>", "<seconds>", "http://127.0.0.1:<port>/<file>");
    }

    private List<String> command(String connections, String seconds, String url) {
        return List.of(
                SearchPath.orName(PROGRAM),
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "--timeout",
                TIMEOUT_SECONDS + "s",
                "-s",
                script.toString(),
                url);
    }
}
