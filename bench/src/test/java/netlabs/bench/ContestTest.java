package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final Contestant A = Contestant.lab("a", List.of("a"));
    private static final Contestant B = Contestant.peer("b", List.of("b"));

    @Test
    void everybodyRunsOncePerLoadAndRoundInTurn() throws Exception {
        List<String> order = new ArrayList<>();
        Trial<Integer> trial = (contestant, load) -> {
            order.add(contestant.name() + load);
            return load;
        };
        List<Sample<Integer>> samples =
                new Contest<>(trial, sample -> {}).run(Turn.inTurn(2, List.of(64, 1000), List.of(A, B)));
        assertThat(order).containsExactly("a64", "b64", "a1000", "b1000", "a64", "b64", "a1000", "b1000");
        assertThat(samples).extracting(Sample::round).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
    }

    @Test
    void whoFailsIsASampleAndTheOthersGoOn() throws Exception {
        int[] runs = new int[1];
        Trial<Integer> trial = (contestant, load) -> {
            if (contestant.equals(A) && runs[0]++ == 0) {
                throw new TrialFailedException("it died");
            }
            return 5;
        };
        List<Sample<Integer>> told = new ArrayList<>();
        List<Sample<Integer>> samples = new Contest<>(trial, told::add).run(Turn.inTurn(2, List.of(1), List.of(A, B)));
        assertThat(samples)
                .containsExactly(
                        new Sample<>(1, "", 1, "a", null, "it died"),
                        new Sample<>(1, "", 1, "b", 5, null),
                        new Sample<>(2, "", 1, "a", 5, null),
                        new Sample<>(2, "", 1, "b", 5, null))
                .isEqualTo(told);
        assertThat(Sample.figures(Sample.byContestant(samples).get(0))).containsExactly(5);
        assertThat(Sample.failures(samples)).isEqualTo(1);
    }
}
