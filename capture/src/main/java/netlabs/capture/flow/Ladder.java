package netlabs.capture.flow;

import java.util.List;

/**
 * One ladder diagram, before it is drawn.
 *
 * @param title {@code TCP stream 0}
 * @param summary what it carried, in words
 * @param lifelines from left to right; none where no frame has an address
 * @param rows from above to below
 */
public record Ladder(String title, String summary, List<Lifeline> lifelines, List<Row> rows) {

    /**
     * One end.
     *
     * @param role {@code client} or {@code server}; empty where nobody can say
     * @param address as the sheets print it
     */
    record Lifeline(String role, String address) {}
}
