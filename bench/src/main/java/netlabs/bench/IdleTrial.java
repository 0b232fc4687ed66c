package netlabs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/**
 * A server with many idle connections: a short load, so that class loading and the JIT compiler are
 * not counted; resident memory; the idle connections, each with one round trip, so that the server
 * has accepted them for certain; resident memory; silence; busy connections beside them.
 */
final class IdleTrial implements Trial<IdleFigures> {
    /** For closing what the load before left, and for the garbage collector's threads to finish. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Duration OPENING = Duration.ofSeconds(60);

    private final LoadGenerator warmUp;
    private final LoadGenerator load;
    private final int busy;
    private final Duration silence;

    /**
     * @param warmUp the load before
     * @param load the load beside the idle connections
     * @param busy how many connections either has
     * @param silence how long the idle connections are watched
     */
    IdleTrial(LoadGenerator warmUp, LoadGenerator load, int busy, Duration silence) {
        this.warmUp = warmUp;
        this.load = load;
        this.busy = busy;
        this.silence = silence;
    }

    @Override
    public IdleFigures run(Contestant contestant, int idle)
            throws TrialFailedException, IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(contestant)) {
            warmUp.run(server, busy);
            Thread.sleep(SETTLE.toMillis());
            long before = server.usage().residentKib();
            try (RunningProgram generator = load.start(server, busy, Integer.toString(idle))) {
                if (!opened(generator)) {
                    load.finish(generator, server);
                    throw new TrialFailedException("the idle connections were not opened in time");
                }
                Thread.sleep(SETTLE.toMillis());
                long after = server.usage().residentKib();
                Duration cpu = server.usage().cpu();
                Thread.sleep(silence.toMillis());
                Duration idleCpu = server.usage().cpu().minus(cpu);
                generator.type("\n");
                return new IdleFigures(
                        before,
                        after,
                        (double) (after - before) / idle,
                        silence.toMillis() / 1e3,
                        idleCpu.toMillis() / 1e3,
                        load.finish(generator, server));
            }
        }
    }

    /**
     * @return false if the generator ended before
     */
    private static boolean opened(RunningProgram generator) throws InterruptedException {
        try {
            generator.awaitError("idle: ", OPENING);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
