package netlabs.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of one {@link Turn}.
 *
 * @param round from 1 on
 * @param load in the suite's unit
 * @param contestant its name
 * @param figures what was measured; null if it failed
 * @param failure why it failed, one line; null if it did not
 */
record Sample<F>(int round, int load, String contestant, F figures, String failure) {

    static <F> Sample<F> of(Turn turn, F figures) {
        return new Sample<>(turn.round(), turn.load(), turn.contestant().name(), figures, null);
    }

    static <F> Sample<F> failed(Turn turn, String failure) {
        return new Sample<>(turn.round(), turn.load(), turn.contestant().name(), null, failure);
    }

    /**
     * @return the figures of all rounds of one contestant with one load that did not fail
     */
    static <F> List<F> figures(List<Sample<F>> samples, String contestant, int load) {
        List<F> figures = new ArrayList<>();
        for (Sample<F> sample : samples) {
            if (sample.load() == load && sample.contestant().equals(contestant) && sample.figures() != null) {
                figures.add(sample.figures());
            }
        }
        return figures;
    }

    /**
     * @return how many of {@code samples} failed
     */
    static <F> long failures(List<Sample<F>> samples) {
        return samples.stream().filter(sample -> sample.failure() != null).count();
    }
}
