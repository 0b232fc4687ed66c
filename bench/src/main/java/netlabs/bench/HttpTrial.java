package netlabs.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Starts a server, asks it once and looks closely, puts it under load, ends it. The load before the one that counts is
 * a wrk of its own, because wrk counts from its start.
 */
final class HttpTrial implements Trial<HttpFigures> {
    private final Wrk wrk;
    private final HttpFiles files;
    private final int warmUpSeconds;
    private final int seconds;

    /**
     * @param warmUpSeconds of the load before, 0 for none
     */
    HttpTrial(Wrk wrk, HttpFiles files, int warmUpSeconds, int seconds) {
        this.wrk = wrk;
        this.files = files;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    @Override
    public HttpFigures run(Contestant contestant, int connections)
            throws TrialFailedException, IOException, InterruptedException {
        HttpFile file = files.of(contestant.workload());
        try (ServerProcess server = ServerProcess.start(contestant)) {
            long answerBytes = new HttpCheck(server.port(), file).answerBytes();
            if (warmUpSeconds > 0) {
                wrk.run(server, file, connections, warmUpSeconds).check(answerBytes, connections);
            }
            Duration before = server.usage().cpu();
            WrkFigures figures = wrk.run(server, file, connections, seconds);
            Duration cpu = server.usage().cpu().minus(before);
            figures.check(answerBytes, connections);
            return HttpFigures.of(
                    figures,
                    file.bytes(),
                    wrk.usage(),
                    cpu.toMillis() / 1e3,
                    server.usage().peakKib());
        }
    }
}
