package netlabs.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import netlabs.common.LabException;
import netlabs.common.console.Transcript;

/** A line for each turn while a suite runs, and its end. */
final class Progress {
    private final int rounds;
    private final String unit;
    private final Transcript out;

    Progress(int rounds, String unit, Transcript out) {
        this.rounds = rounds;
        this.unit = unit;
        this.out = out;
    }

    /** {@code connections: 64}, {@code fixed frames, connections: 64}. */
    static String work(String workload, String unit, int load) {
        return (workload.isEmpty() ? "" : workload + ", ") + unit + ": " + load;
    }

    /** Prints {@code round 1/5, connections: 64, epoll-c: <figures in words>}, or why it failed. */
    <F> void show(Sample<F> sample, Function<F, String> inWords) {
        String what = sample.figures() == null ? "FAILED: " + sample.failure() : inWords.apply(sample.figures());
        out.line("round " + sample.round() + "/" + rounds + ", " + work(sample.workload(), unit, sample.load()) + ", "
                + sample.contestant() + ": " + what);
    }

    /**
     * Says where the report is.
     *
     * @throws LabException if a turn failed
     */
    <F> void end(List<Sample<F>> samples, Path json) {
        out.line("");
        out.line("every round's figures: " + json);
        long failed = Sample.failures(samples);
        if (failed > 0) {
            throw new LabException(failed + " of " + samples.size() + " runs failed - look for FAILED above");
        }
    }
}
