package netlabs.bench;

import java.io.IOException;

/**
 * How one turn of a suite goes: starts the contestant, measures it, ends it.
 *
 * @param <F> what is measured, a record that becomes JSON
 */
interface Trial<F> {
    /**
     * @throws TrialFailedException if the contestant does not do what it should
     * @throws IOException if one of the bench's own programs cannot be run
     */
    F run(Contestant contestant, int load) throws TrialFailedException, IOException, InterruptedException;
}
