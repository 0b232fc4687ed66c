package netlabs.bench;

import java.io.IOException;

/** Starts a server, puts it under load, ends it. */
final class LoadTrial implements Trial<LoadFigures> {
    private final LoadGenerator generator;

    LoadTrial(LoadGenerator generator) {
        this.generator = generator;
    }

    @Override
    public LoadFigures run(Contestant contestant, int load)
            throws TrialFailedException, IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(contestant)) {
            return generator.run(server, load);
        }
    }
}
