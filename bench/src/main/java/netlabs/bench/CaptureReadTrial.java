package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/** One reading: the program is given the file, and what it says of it is compared with what is in it. */
final class CaptureReadTrial implements Trial<CaptureReadFigures> {
    /** The first start may have to make an archive for the JVM. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    /** tshark has 150 times as many, on a machine that has nothing else to do. */
    private static final int PACKETS_PER_MILLI = 1;

    private final NativeProgram rusage;
    private final CapturedTraffic traffic;
    private final Path folder;

    /**
     * @param rusage the compiled {@code rusage.c}
     * @param traffic what is read
     * @param folder for what {@code rusage} writes
     */
    CaptureReadTrial(NativeProgram rusage, CapturedTraffic traffic, Path folder) {
        this.rusage = rusage;
        this.traffic = traffic;
        this.folder = folder;
    }

    @Override
    public CaptureReadFigures run(Contestant contestant, int packets)
            throws TrialFailedException, IOException, InterruptedException {
        Path usage = folder.resolve("usage.json");
        Files.deleteIfExists(usage);
        List<String> command = Rusage.watching(rusage, usage, contestant.command());
        try (RunningProgram reader = RunningProgram.start(folder, contestant.environment(), command)) {
            if (reader.awaitExit(GRACE.plusMillis(packets / PACKETS_PER_MILLI)) != 0) {
                throw new TrialFailedException(ServerProcess.fate("it", reader));
            }
            String said = reader.output();
            check(contestant.lab() ? Conversations.ofAnalyze(said) : Conversations.ofTshark(said));
        } catch (TimeoutException e) {
            throw new TrialFailedException("it does not end");
        }
        Rusage took = Rusage.read(usage);
        return new CaptureReadFigures(packets, took.seconds(), took.cpuSeconds(), took.othersShare(0), took.peakKib());
    }

    /** Nobody is to win by reading less. */
    private void check(Conversations found) throws TrialFailedException {
        Conversations there = new Conversations(traffic.streams(), traffic.packets());
        if (!found.equals(there)) {
            throw new TrialFailedException("it counts " + found.frames() + " packets of " + found.count()
                    + " connections, and the file has " + there.frames() + " of " + there.count());
        }
    }
}
