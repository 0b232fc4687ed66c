package netlabs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/** Runs a program that says hello from its start to its end, and times that. */
final class StartupTrial implements Trial<StartupFigures> {
    /** What the programs send and print. */
    static final String WORD = "hello";

    /** The first start may have to make an archive for the JVM. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Override
    public StartupFigures run(Contestant contestant, int load)
            throws TrialFailedException, IOException, InterruptedException {
        long start = System.nanoTime();
        try (RunningProgram program =
                RunningProgram.start(Path.of("."), contestant.environment(), contestant.command())) {
            int status = program.awaitExit(TIMEOUT);
            long end = System.nanoTime();
            if (status != 0 || !program.output().contains(WORD)) {
                throw new TrialFailedException("no reply, exit status " + status + ": "
                        + program.error().strip().lines().findFirst().orElse("nothing on standard error"));
            }
            return new StartupFigures((end - start) / 1e6);
        } catch (TimeoutException e) {
            throw new TrialFailedException("it does not end");
        }
    }
}
