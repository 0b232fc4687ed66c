package netlabs.bench;

import java.io.IOException;
import java.util.Map;

/** Starts a server, puts it under load, ends it. */
final class LoadTrial implements Trial<LoadFigures> {
    private final Map<String, LoadGenerator> generators;

    /**
     * @param generators for each workload what makes it
     */
    LoadTrial(Map<String, LoadGenerator> generators) {
        this.generators = generators;
    }

    @Override
    public LoadFigures run(Contestant contestant, int load)
            throws TrialFailedException, IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(contestant)) {
            return generators.get(contestant.workload()).run(server, load);
        }
    }
}
