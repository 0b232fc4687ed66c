package netlabs.capture;

import java.util.ArrayList;
import java.util.List;
import netlabs.common.testing.Peers;

/** A disk that is soon full: 64 KiB of memory, in a namespace (mount_namespaces(7)). */
final class SmallDisk {
    private SmallDisk() {}

    /**
     * Skips the test, or with {@code -Dpeers=required} fails it, where it may not be mounted.
     *
     * @param file what it writes there, in its current folder; is copied behind its end to ../copy.pcap
     * @param program with its arguments
     * @return runs it there; the current folder is an empty one in which the disk is mounted
     */
    static List<String> command(String file, List<String> program) throws Exception {
        Permission.toMount();
        List<String> command = new ArrayList<>(List.of(
                Peers.require("unshare"),
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                "mount -t tmpfs -o size=64k none . && cd \"$PWD\" && \"$@\"; status=$?; cp \"$0\" ../copy.pcap; exit $status",
                file));
        command.addAll(program);
        return command;
    }
}
