package netlabs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs one {@link Turn} after the other. A turn that fails is a sample too: nobody drops out unseen. */
final class Contest<F> {
    private final Trial<F> trial;
    private final Consumer<Sample<F>> progress;

    /**
     * @param progress is told of each sample as it comes
     */
    Contest(Trial<F> trial, Consumer<Sample<F>> progress) {
        this.trial = trial;
        this.progress = progress;
    }

    /**
     * @return a sample for each turn, in their order
     * @throws IOException if one of the bench's own programs cannot be run
     * @throws InterruptedException if this process is being ended meanwhile
     */
    List<Sample<F>> run(List<Turn> turns) throws IOException, InterruptedException {
        List<Sample<F>> samples = new ArrayList<>();
        for (Turn turn : turns) {
            Sample<F> sample;
            try {
                sample = Sample.of(turn, trial.run(turn.contestant(), turn.load()));
            } catch (TrialFailedException e) {
                sample = Sample.failed(turn, e.getMessage());
            }
            if (isEnding()) {
                throw new InterruptedException("this process is being ended, and so are all that it started");
            }
            samples.add(sample);
            progress.accept(sample);
        }
        return samples;
    }

    /**
     * Ctrl-C ends the contestant, which looks as if it failed, and the next one would be started only to be ended at
     * once: an nginx that is told so while it starts does not notice, and stays.
     */
    private static boolean isEnding() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true; // no hook can be added any more
        }
    }
}
