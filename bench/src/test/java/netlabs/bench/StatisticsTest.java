package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Statistics.of(List.of(7.0)).median()).isEqualTo(7);
        assertThat(Statistics.of(List.of(30, 10, 20)).median()).isEqualTo(20);
        assertThat(Statistics.of(List.of(40, 10, 30, 20)).median()).isEqualTo(25);
    }

    @Test
    void theExtremesAreKept() {
        Statistics statistics = Statistics.of(List.of(3, 1, 2));
        assertThat(statistics.min()).isEqualTo(1);
        assertThat(statistics.max()).isEqualTo(3);
        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.p10()).isEqualTo(1);
        assertThat(statistics.p90()).isEqualTo(3);
    }

    @Test
    void aTenthIsBelowTheTenthPercentileAndATenthAboveTheNinetieth() {
        Statistics statistics =
                Statistics.of(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(statistics.p10()).isEqualTo(3);
        assertThat(statistics.p90()).isEqualTo(18);
    }

    @Test
    void aRatioIsOfMedians() {
        Statistics fast = Statistics.of(List.of(100, 200, 900));
        Statistics slow = Statistics.of(List.of(50, 80, 2000));
        assertThat(fast.ratioTo(slow)).isCloseTo(2.5, within(1e-9));
        assertThat(slow.ratioTo(fast)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void nothingHasNoStatistics() {
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()));
    }

    @Property
    void allLiesBetweenTheExtremes(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e9, max = 1e9) Double> values) {
        Statistics statistics = Statistics.of(values);
        assertThat(statistics.min()).isLessThanOrEqualTo(statistics.p10());
        assertThat(statistics.p10()).isLessThanOrEqualTo(statistics.median());
        assertThat(statistics.median()).isLessThanOrEqualTo(statistics.p90());
        assertThat(statistics.p90()).isLessThanOrEqualTo(statistics.max());
        assertThat(values).contains(statistics.min(), statistics.max());
    }
}
