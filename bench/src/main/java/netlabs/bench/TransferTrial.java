package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import netlabs.common.process.RunningProgram;

/**
 * One transfer: the receiver gets ready, the sender starts, both end; the received file is synced and
 * compared with the source. The time is that from the start of the sender's process to the later end.
 */
final class TransferTrial implements Trial<TransferFigures> {
    /** Into a file of the same length that is there. */
    static final String EXISTING = "into an existing file";

    /** Into one that is not. */
    static final String NEW = "into a new file";

    private static final Duration GRACE = Duration.ofSeconds(60);

    /** Slower than any disk that this is run on. */
    private static final long BYTES_PER_MILLI = 10_000;

    private final NativeProgram rusage;
    private final TransferFiles files;

    /**
     * @param rusage the compiled {@code rusage.c}
     */
    TransferTrial(NativeProgram rusage, TransferFiles files) {
        this.rusage = rusage;
        this.files = files;
    }

    @Override
    public TransferFigures run(Contestant contestant, int mebibytes)
            throws TrialFailedException, IOException, InterruptedException {
        boolean keeps = TransferContestants.keeps(contestant);
        if (keeps && contestant.workload().equals(EXISTING)) {
            files.prepareExisting();
        } else if (keeps) {
            files.removeReceived();
        }
        Path ofSender = result("sender");
        Path ofReceiver = result("receiver");
        Contestant receiving = contestant.startedBy(Rusage.watching(rusage, ofReceiver, filled(contestant.command())));
        try (ServerProcess receiver = ServerProcess.start(receiving)) {
            List<String> sending = ServerProcess.withPort(filled(contestant.client()), receiver.port());
            try (RunningProgram sender =
                    RunningProgram.start(Path.of("."), Rusage.watching(rusage, ofSender, sending))) {
                awaitSuccess("the sender", sender, receiver);
                awaitSuccess("the receiver", receiver.program(), receiver);
            }
        }
        double syncSeconds = keeps ? sync() : 0;
        Rusage sender = Rusage.read(ofSender);
        Rusage receiver = Rusage.read(ofReceiver);
        return new TransferFigures(
                files.bytes(),
                (Math.max(sender.endedUs(), receiver.endedUs()) - sender.startedUs()) / 1e6,
                syncSeconds,
                sender.cpuSeconds(),
                receiver.cpuSeconds(),
                receiver.othersShare(sender.cpuSeconds()),
                sender.peakKib(),
                receiver.peakKib());
    }

    private Path result(String name) throws IOException {
        Path result = files.scratch().folder().resolve(name + ".json");
        Files.deleteIfExists(result);
        return result;
    }

    private List<String> filled(List<String> words) {
        return words.stream()
                .map(word -> word.replace(
                                TransferContestants.SOURCE, files.source().toString())
                        .replace(TransferContestants.FILE, files.received().toString())
                        .replace(TransferContestants.FOLDER, files.folder().toString())
                        .replace(
                                TransferContestants.NAME,
                                files.received().getFileName().toString())
                        .replace(TransferContestants.BYTES, Long.toString(files.bytes())))
                .toList();
    }

    private void awaitSuccess(String who, RunningProgram program, ServerProcess receiver)
            throws TrialFailedException, InterruptedException {
        int status;
        try {
            status = program.awaitExit(GRACE.plusMillis(files.bytes() / BYTES_PER_MILLI));
        } catch (TimeoutException e) {
            throw new TrialFailedException(who + " does not end; " + receiver.fate());
        }
        if (status != 0) {
            String fate = ServerProcess.fate(who, program);
            throw new TrialFailedException(program == receiver.program() ? fate : fate + "; " + receiver.fate());
        }
    }

    /**
     * @return how long it took, in seconds
     */
    private double sync() throws TrialFailedException, IOException {
        if (!Files.exists(files.received())) {
            throw new TrialFailedException("both ended well, and " + files.received() + " is not there");
        }
        long start = System.nanoTime();
        files.sync();
        double seconds = (System.nanoTime() - start) / 1e9;
        long mismatch = files.mismatch();
        if (mismatch >= 0) {
            throw new TrialFailedException("the received file differs from the source at byte " + mismatch);
        }
        return seconds;
    }
}
