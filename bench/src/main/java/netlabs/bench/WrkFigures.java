package netlabs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/**
 * What wrk counted from its start to its end, as {@code bench/src/main/lua/figures.lua} prints it.
 *
 * @param requests answers that came whole
 * @param durationUs how long it took, in microseconds
 * @param bytes all that was received: heads and bodies, also of the answers that were unfinished at the end
 * @param p50Us the median latency in microseconds, corrected by wrk for coordinated omission
 * @param p99Us the latency that one of a hundred requests exceeded, corrected as well
 * @param connectErrors connections that could not be opened
 * @param readErrors connections that broke, or brought what is no HTTP
 * @param writeErrors connections that broke while a request was sent
 * @param timeouts answers that came too late
 * @param statusErrors answers with status 400 or more
 */
record WrkFigures(
        long requests,
        long durationUs,
        long bytes,
        long p50Us,
        long p99Us,
        long connectErrors,
        long readErrors,
        long writeErrors,
        long timeouts,
        long statusErrors) {

    /**
     * @param output all that wrk printed
     * @throws IOException if its last line is none of the script's
     */
    static WrkFigures parse(String output) throws IOException {
        String lines = output.strip();
        String last = lines.substring(lines.lastIndexOf('\n') + 1);
        if (!last.startsWith("{")) {
            throw new IOException("wrk printed no figures: " + (last.isEmpty() ? "nothing at all" : last));
        }
        try {
            return Json.MAPPER.readValue(last, WrkFigures.class);
        } catch (JsonProcessingException e) {
            throw new IOException("wrk printed no figures: " + last, e);
        }
    }

    double seconds() {
        return durationUs / 1e6;
    }

    double perSecond() {
        return requests / seconds();
    }

    /** Whatever went wrong. */
    long errors() {
        return connectErrors + readErrors + writeErrors + timeouts + statusErrors;
    }

    /** {@code 0 connect, 3 read, 0 write errors, 1 timeouts, 0 answers with status 400 or more}. */
    String errorsInWords() {
        return connectErrors + " connect, " + readErrors + " read, " + writeErrors + " write errors, " + timeouts
                + " timeouts, " + statusErrors + " answers with status 400 or more";
    }

    /**
     * Checks that all went well. wrk looks neither at bodies nor at redirections, but an answer of another length
     * than the right one shows in the sum.
     *
     * @param answerBytes the length of one right answer, head and body
     * @param connections each may have had an unfinished answer at the end
     * @throws TrialFailedException if anything went wrong
     */
    void check(long answerBytes, int connections) throws TrialFailedException {
        if (errors() > 0) {
            throw new TrialFailedException("wrk counted " + errorsInWords() + " in " + requests + " requests");
        }
        if (requests == 0) {
            throw new TrialFailedException("not one answer came in " + durationUs / 1000 + " ms");
        }
        long least = requests * answerBytes;
        long most = least + connections * answerBytes;
        if (bytes < least || bytes > most) {
            throw new TrialFailedException("wrk received " + bytes + " bytes, and " + requests + " answers of "
                    + answerBytes + " bytes are " + least + ", with " + connections + " unfinished ones at most "
                    + most);
        }
    }
}
