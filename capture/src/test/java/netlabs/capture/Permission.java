package netlabs.capture;

import java.nio.file.Path;
import java.util.List;
import netlabs.capture.record.Device;
import netlabs.common.LabException;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;

/** What tests that record need: else they are skipped, or with {@code -Dpeers=required} fail. */
final class Permission {
    private Permission() {}

    static void toRecord() {
        boolean anyOpen = false;
        try {
            for (Device device : Device.all()) {
                anyOpen |= device.refusal() == null;
            }
        } catch (LabException e) {
            throw Peers.missing("recording: " + e.getMessage());
        }
        if (!anyOpen) {
            throw Peers.missing("permission to record");
        }
    }

    /** A file system of its own, in a namespace (mount_namespaces(7)). */
    static void toMount() throws Exception {
        List<String> probe = List.of(Peers.require("unshare"), "--mount", "true");
        try (RunningProgram unshare = RunningProgram.start(Path.of("").toAbsolutePath(), probe)) {
            if (unshare.awaitExit(LabJar.TIMEOUT) != 0) {
                throw Peers.missing("permission to mount: " + unshare.error().strip());
            }
        }
    }
}
