package netlabs.grader;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;

/** What the tests of the scripts in network namespaces have in common. */
final class Namespaces {
    private Namespaces() {}

    /** Skips the test, or with {@code -Dpeers=required} fails it, where there are no user namespaces or tools. */
    static void require(String... programs) throws Exception {
        for (String program : programs) {
            Peers.require(program);
        }
        Peers.require("ip");
        List<String> probe = List.of(
                Peers.require("unshare"), "--user", "--map-root-user", "--net", "ip", "link", "set", "lo", "up");
        try (RunningProgram unshare = RunningProgram.start(Path.of("").toAbsolutePath(), probe)) {
            if (unshare.awaitExit(TIMEOUT) != 0) {
                throw Peers.missing(
                        "no user namespaces here: " + unshare.error().strip());
            }
        }
    }

    /** Starts the script {@code samples/<script>} with {@code before} in front, in {@code folder}. */
    static RunningProgram start(Path folder, List<String> before, String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(LabJar.samples().resolve(script).toString());
        command.addAll(List.of(arguments));
        return start(folder, command);
    }

    /**
     * Starts the script as a user without any rights, who may write to {@code folder}. Only root can become one; else we
     * are one. Root's checkout may be where others must not look (below /root, or a folder of mktemp's), so it is
     * mounted where they may, in a mount namespace that ends with the script.
     */
    static RunningProgram startUnprivileged(Path folder, String script, String... arguments) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            return start(folder, List.of(), script, arguments);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>(List.of(
                Peers.require("unshare"),
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /mnt && script=/mnt/samples/$1 && shift"
                        + " && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$script\" \"$@\"",
                LabJar.samples().getParent().toString(),
                script));
        command.addAll(List.of(arguments));
        return start(folder, command);
    }

    private static RunningProgram start(Path folder, List<String> command) throws Exception {
        return RunningProgram.start(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }

    /** One line for each frame of {@code capture} that tshark's {@code filter} lets through: source and length. */
    static List<String> frames(Path capture, String filter) throws Exception {
        List<String> command = List.of(
                Peers.require("tshark"),
                "-r",
                capture.toString(),
                "-Y",
                filter,
                "-T",
                "fields",
                "-E",
                "separator=/s",
                "-e",
                "ip.src",
                "-e",
                "tcp.len");
        try (RunningProgram tshark = RunningProgram.start(capture.getParent(), command)) {
            assertThat(tshark.awaitExit(TIMEOUT)).as(tshark.toString()).isZero();
            return tshark.output().lines().toList();
        }
    }
}
