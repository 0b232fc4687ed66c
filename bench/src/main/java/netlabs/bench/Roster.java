package netlabs.bench;

import java.util.List;
import netlabs.common.LabException;
import netlabs.common.console.Transcript;

/**
 * Who was asked to take part.
 *
 * @param all labs and peers, those that are missing too
 */
record Roster(List<Contestant> all) {

    /**
     * Says who is missing, and how to get it.
     *
     * @return those that can run
     * @throws LabException if nobody can
     */
    List<Contestant> announce(Transcript out) {
        for (Contestant contestant : all) {
            if (!contestant.runs()) {
                out.line("missing: " + contestant.name() + " - " + contestant.missing());
            }
        }
        List<Contestant> running = all.stream().filter(Contestant::runs).toList();
        if (running.isEmpty()) {
            throw new LabException("nobody is left to take part: all contestants are missing");
        }
        return running;
    }

    /** The labs that can run. */
    List<String> labs() {
        return all.stream()
                .filter(each -> each.lab() && each.runs())
                .map(Contestant::name)
                .toList();
    }
}
