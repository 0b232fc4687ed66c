package netlabs.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of one contestant.
 *
 * @param round from 1 on
 * @param load how much of it, in the suite's unit: connections, sockets
 * @param contestant starts afresh
 */
record Turn(int round, int load, Contestant contestant) {

    /**
     * Everybody once per load and round, in turn (A B C A B C ...), so that a slow moment of the
     * machine hits all alike instead of the one whose rounds fall into it.
     */
    static List<Turn> inTurn(int rounds, List<Integer> loads, List<Contestant> contestants) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (int load : loads) {
                for (Contestant contestant : contestants) {
                    turns.add(new Turn(round, load, contestant));
                }
            }
        }
        return turns;
    }
}
