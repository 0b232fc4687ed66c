package netlabs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/** Starts a server, asks it once, keeps it under one load for long, and looks at its memory each second. */
final class SoakTrial implements Trial<SoakFigures> {
    private static final Duration STEP = Duration.ofSeconds(1);

    /** A sample that was due at this second was taken before the next half one, or the machine is too busy. */
    static final double TOLERANCE_SECONDS = 0.5;

    private final Wrk wrk;
    private final HttpFiles files;
    private final int seconds;

    SoakTrial(Wrk wrk, HttpFiles files, int seconds) {
        this.wrk = wrk;
        this.files = files;
        this.seconds = seconds;
    }

    @Override
    public SoakFigures run(Contestant contestant, int connections)
            throws TrialFailedException, IOException, InterruptedException {
        HttpFile file = files.of(contestant.workload());
        try (ServerProcess server = ServerProcess.start(contestant)) {
            long answerBytes = new HttpCheck(server.port(), file).answerBytes();
            try (RunningProgram load = wrk.start(server, file, connections, seconds)) {
                List<SoakFigures.Resident> memory = watch(load, server);
                WrkFigures figures = wrk.finish(load, server, STEP);
                if (figures.errors() == 0) {
                    figures.check(answerBytes, connections);
                }
                return SoakFigures.of(figures, memory, server.usage().peakKib());
            }
        }
    }

    /** Each second, and once the load has ended. */
    private static List<SoakFigures.Resident> watch(RunningProgram load, ServerProcess server)
            throws TrialFailedException, InterruptedException {
        List<SoakFigures.Resident> memory = new ArrayList<>();
        long started = System.nanoTime();
        while (!hasEnded(load, started + (memory.size() + 1) * STEP.toNanos())) {
            memory.add(resident(server, started));
        }
        memory.add(resident(server, started));
        return memory;
    }

    private static boolean hasEnded(RunningProgram load, long deadline) throws InterruptedException {
        try {
            load.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static SoakFigures.Resident resident(ServerProcess server, long started)
            throws TrialFailedException, InterruptedException {
        double second = (System.nanoTime() - started) / 1e9;
        return new SoakFigures.Resident(second, server.usage().residentKib());
    }
}
