package netlabs.capture.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import netlabs.common.LabException;

/**
 * What the machine is, as far as it decides what to install and what to grant.
 *
 * @param kind of system
 * @param java the real path of the {@code java} that runs, for setcap(8)
 */
record Platform(Kind kind, Path java) {
    /** Where the commands differ. */
    enum Kind {
        DEBIAN,
        FEDORA,
        LINUX,
        MACOS,
        WINDOWS
    }

    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    static Platform here() {
        List<String> release;
        try {
            release = Files.readAllLines(OS_RELEASE);
        } catch (IOException e) {
            release = List.of(); // macOS and Windows have none, and neither has a bare container
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            java = java.toRealPath();
        } catch (IOException e) {
            return new Platform(kind(System.getProperty("os.name"), release), java); // java.exe
        }
        return new Platform(kind(System.getProperty("os.name"), release), java);
    }

    /**
     * @param osName the system property
     * @param osRelease the lines of os-release(5)
     */
    static Kind kind(String osName, List<String> osRelease) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return Kind.WINDOWS;
        }
        if (name.startsWith("mac")) {
            return Kind.MACOS;
        }
        for (String line : osRelease) {
            if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
                String ids = " " + line.substring(line.indexOf('=') + 1).replace("\"", "") + " ";
                if (ids.contains(" debian ") || ids.contains(" ubuntu ")) {
                    return Kind.DEBIAN;
                }
                if (ids.contains(" fedora ") || ids.contains(" rhel ")) {
                    return Kind.FEDORA;
                }
            }
        }
        return Kind.LINUX;
    }

    /** There is no libpcap, or none that can be loaded. */
    LabException noLibpcap(Throwable cause) {
        String how = switch (kind) {
            case DEBIAN -> "sudo apt install libpcap0.8";
            case FEDORA -> "sudo dnf install libpcap";
            case LINUX -> "install your distribution's package of libpcap";
            case MACOS -> "macOS has it in /usr/lib: is this Java allowed to load it?";
            case WINDOWS -> "install Npcap from https://npcap.com";
        };
        return new LabException("recording packets needs libpcap, and there is none here: " + how, cause);
    }

    /** There is one, and this user may not capture with it. */
    LabException noPermission(String device, Throwable cause) {
        String how = switch (kind) {
            case MACOS -> "run it with sudo, or install ChmodBPF, which comes with Wireshark";
            case WINDOWS -> "run it as administrator, or install Npcap without 'restrict access to administrators'";
            default ->
                "run it with sudo, or without root as samples/rootless/ shows, or grant it to this Java:"
                        + " sudo setcap cap_net_raw,cap_net_admin+eip " + java
                        + " (a java with capabilities ignores $ORIGIN and no longer finds its libjli.so: echo "
                        + java.resolveSibling("../lib").normalize()
                        + " | sudo tee /etc/ld.so.conf.d/netlabs-java.conf; sudo ldconfig)";
        };
        return new LabException("no permission to capture on " + device + " - " + how, cause);
    }
}
