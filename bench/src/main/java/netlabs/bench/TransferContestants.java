package netlabs.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part in the transfer suite: a receiver and a sender each, with names in their commands
 * for what differs from run to run.
 */
final class TransferContestants {
    /** Stands for {@link TransferFiles#source()}. */
    static final String SOURCE = "<source>";

    /** Stands for {@link TransferFiles#received()}. */
    static final String FILE = "<file>";

    /** Stands for {@link TransferFiles#folder()}. */
    static final String FOLDER = "<folder>";

    /** Stands for the name of {@link TransferFiles#received()}. */
    static final String NAME = "<name>";

    /** Stands for {@link TransferFiles#bytes()}. */
    static final String BYTES = "<bytes>";

    private static final String LAB = "lab-file-transfer";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PORT = ServerProcess.PORT;
    private static final String NC = "nc.openbsd";

    private static final List<String> LISTENING = List.of("--bind", LOOPBACK, "--port", "0", "--once", "--quiet");

    private final Installation at;

    TransferContestants(Installation at) {
        this.at = at;
    }

    /** Labs first. */
    List<Contestant> all() {
        return List.of(
                lab("lab"),
                lab("lab-nodigest", "--no-digest"),
                rawLab(),
                labInPlace("in-place-digest"),
                labInPlace("in-place", "--no-digest"),
                nc(),
                socat(),
                python(),
                iperf3());
    }

    /** Whether {@code contestant} keeps what it receives: iperf3 does not. */
    static boolean keeps(Contestant contestant) {
        return contestant.command().stream().anyMatch(word -> word.contains(FILE) || word.contains(FOLDER));
    }

    private Contestant lab(String name, String... more) {
        return at.lab(name, LAB, receiver()).withClient(at.labCommand(LAB, sender(more)));
    }

    private Contestant rawLab() {
        return at.lab("lab-raw", LAB, receiver("--raw", "--output", NAME, "--no-digest"))
                .withClient(at.labCommand(LAB, sender("--raw", "--no-digest")));
    }

    /** As nc does it: to standard output, which is the file, opened by a shell without cutting it off. */
    private Contestant labInPlace(String name, String... more) {
        Contestant lab = at.lab(name, LAB, words(List.of("server", "--raw", "--output", "-"), words(LISTENING, more)));
        List<String> throughShell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 1<>\"$0\"", FILE));
        throughShell.addAll(lab.command());
        return lab.startedBy(throughShell)
                .withClient(at.labCommand(LAB, words(List.of("client", SOURCE, "--raw", "--port", PORT), more)));
    }

    private static String[] receiver(String... more) {
        return words(List.of("server", "--dir", FOLDER, "--overwrite"), words(LISTENING, more));
    }

    private static String[] sender(String... more) {
        return words(List.of("client", SOURCE, "--host", LOOPBACK, "--port", PORT), more);
    }

    private static String[] words(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** OpenBSD's; a shell opens its files, and {@code 1<>} does not cut an existing one off. */
    private static Contestant nc() {
        String nc = SearchPath.orName(NC);
        return Installation.installed(
                        "nc",
                        NC,
                        "netcat-openbsd",
                        List.of("sh", "-c", "exec \"$0\" -l -N " + LOOPBACK + " \"$1\" 1<>\"$2\"", nc, PORT, FILE))
                .withClient(List.of("sh", "-c", "exec \"$0\" -N " + LOOPBACK + " \"$1\" <\"$2\"", nc, PORT, SOURCE));
    }

    private static Contestant socat() {
        String socat = SearchPath.orName("socat");
        return Installation.installed(
                        "socat",
                        "socat",
                        "socat",
                        List.of(
                                socat,
                                "-u",
                                "-b",
                                "1048576",
                                "TCP-LISTEN:" + PORT + ",reuseaddr,bind=" + LOOPBACK,
                                "OPEN:\"" + FILE + "\",creat,wronly"))
                .withClient(List.of(
                        socat,
                        "-u",
                        "-b",
                        "1048576",
                        "OPEN:\"" + SOURCE + "\",rdonly",
                        "TCP:" + LOOPBACK + ":" + PORT));
    }

    private Contestant python() {
        String script = "file_transfer.py";
        return at.python("python", script, "receive", FILE).withClient(at.pythonCommand(script, PORT, "send", SOURCE));
    }

    private static Contestant iperf3() {
        String iperf3 = SearchPath.orName("iperf3");
        return Installation.installed(
                        "iperf3", "iperf3", "iperf3", List.of(iperf3, "-s", "-1", "-B", LOOPBACK, "-p", PORT))
                .withClient(List.of(iperf3, "-c", LOOPBACK, "-p", PORT, "-n", BYTES, "-l", "1M", "-J"));
    }
}
