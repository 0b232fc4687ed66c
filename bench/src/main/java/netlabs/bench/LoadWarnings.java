package netlabs.bench;

import netlabs.common.console.Console;

/**
 * Says of a load's figures what they must not be taken for.
 *
 * @param console where
 */
record LoadWarnings(Console console) {
    /**
     * The generator's limit is not the server's.
     *
     * @param who whose figures these are: {@code connections: 64, selector: }
     */
    void ofGenerator(String who, double generatorShare, double serverShare) {
        if (LoadFigures.generatorLimits(generatorShare, serverShare)) {
            console.err()
                    .warning(who + "the generator was at its limit and the server was not: it can do more than this");
        }
    }

    /**
     * The machine was not quiet.
     *
     * @param share the most that all other programs had of a processor
     */
    void ofOthers(double share) {
        if (LoadFigures.othersDisturb(share)) {
            console.err()
                    .warning("other programs took up to " + Table.percent(share)
                            + " of a processor meanwhile: repeat it on a quiet machine");
        }
    }
}
