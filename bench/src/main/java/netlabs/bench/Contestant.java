package netlabs.bench;

import java.util.List;
import java.util.Map;

/**
 * One program that takes part in a suite.
 *
 * @param name what tables, JSON and {@code --only} call it
 * @param lab whether it is one of our labs, which the others are compared with
 * @param command how it is started: a server, where there are two ends
 * @param client how the other end is started, with {@code <port>} for the server's; empty where the bench's own load
 *     generator is the client
 * @param environment variables that are set for it
 * @param workload what it is started for, where a suite has several kinds of work; empty where it has one
 * @param missing why it cannot take part on this machine, and how to get it; empty if it can
 */
record Contestant(
        String name,
        boolean lab,
        List<String> command,
        List<String> client,
        Map<String, String> environment,
        String workload,
        String missing) {

    /** A lab that is there. */
    static Contestant lab(String name, List<String> command) {
        return new Contestant(name, true, command, List.of(), Map.of(), "", "");
    }

    /** Another program that is there. */
    static Contestant peer(String name, List<String> command) {
        return new Contestant(name, false, command, List.of(), Map.of(), "", "");
    }

    /** The same, with variables set. */
    Contestant with(Map<String, String> variables) {
        return new Contestant(name, lab, command, client, variables, workload, missing);
    }

    /** The same, started for {@code kind} of work. */
    Contestant doing(String kind) {
        return new Contestant(name, lab, command, client, environment, kind, missing);
    }

    /** The same with another program, or the same one started another way. */
    Contestant startedBy(List<String> words) {
        return new Contestant(name, lab, words, client, environment, workload, missing);
    }

    /** The same with a client of its own. */
    Contestant withClient(List<String> words) {
        return new Contestant(name, lab, command, words, environment, workload, missing);
    }

    /** The same where {@code there} holds; else it is missing, for {@code reason}. */
    Contestant onlyIf(boolean there, String reason) {
        return there || !missing.isEmpty()
                ? this
                : new Contestant(name, lab, command, client, environment, workload, reason);
    }

    /** Whether it can take part. */
    boolean runs() {
        return missing.isEmpty();
    }
}
