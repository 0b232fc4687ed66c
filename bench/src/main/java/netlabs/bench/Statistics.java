package netlabs.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;

/**
 * What several rounds of one measurement say, in the unit of the measurement. The median, because
 * one slow moment of the machine must not decide; the extremes, so that such a moment shows.
 *
 * @param count how many rounds there were, at least one
 * @param median the middle value, or the mean of the two in the middle
 * @param min the smallest value
 * @param max the largest value
 * @param p10 the value that a tenth of the rounds is below: the smallest of fewer than ten
 * @param p90 the value that a tenth of the rounds is above: the largest of fewer than ten
 */
record Statistics(int count, double median, double min, double max, double p10, double p90) {

    /**
     * @throws IllegalArgumentException if there are no values
     */
    static Statistics of(Collection<? extends Number> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("statistics of nothing");
        }
        double[] sorted = values.stream().mapToDouble(Number::doubleValue).toArray();
        Arrays.sort(sorted);
        int count = sorted.length;
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        return new Statistics(
                count, median, sorted[0], sorted[count - 1], sorted[count / 10], sorted[count - 1 - count / 10]);
    }

    /**
     * @return the statistics of one figure of each round; null if there are no rounds
     */
    static <F> Statistics of(Collection<F> rounds, Function<F, Number> figure) {
        return rounds.isEmpty() ? null : of(rounds.stream().map(figure).toList());
    }

    /**
     * @return this median as a multiple of the other one: above 1 is more
     */
    double ratioTo(Statistics other) {
        return median / other.median;
    }
}
