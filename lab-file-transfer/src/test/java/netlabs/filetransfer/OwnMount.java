package netlabs.filetransfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;

/**
 * A lab that sees a small or read-only file system where others see a folder: mounted in a mount namespace
 * of its own (mount_namespaces(7)), so it goes away with the process.
 */
final class OwnMount {
    private OwnMount() {}

    /**
     * @param options of mount(8): {@code size=2m} or {@code ro}
     * @param dir where the tmpfs is mounted
     */
    static RunningProgram start(Path folder, String options, Path dir, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(unshare());
        command.addAll(
                List.of("sh", "-c", "mount -t tmpfs -o " + options + " tmpfs \"$0\" && exec \"$@\"", dir.toString()));
        command.addAll(LabJar.command(arguments));
        return RunningProgram.start(folder, command);
    }

    /** What {@code program} sees as {@code dir}. */
    static Path seenBy(RunningProgram program, Path dir) {
        return Path.of("/proc/" + program.pid() + "/root" + dir);
    }

    private static List<String> unshare() throws IOException, InterruptedException {
        String unshare = Peers.require("unshare");
        for (String how : new String[] {"-m", "-rm"}) { // as root; as anybody, in a user namespace
            Process attempt = new ProcessBuilder(unshare, how, "sh", "-c", "mount -t tmpfs tmpfs /mnt")
                    .redirectErrorStream(true)
                    .start();
            attempt.getInputStream().readAllBytes();
            if (attempt.waitFor() == 0) {
                return List.of(unshare, how);
            }
        }
        throw Peers.missing("no mount namespace can be had here");
    }
}
