package netlabs.filetransfer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The rules for a name that a peer may give to a file (docs/protocols.md): one segment of a path, on any
 * system that the server may run on, and none of the server's own.
 */
final class FileName {
    /** The longest that Linux, macOS and Windows file systems take, in bytes of UTF-8 (NAME_MAX). */
    static final int MAX_BYTES = 255;

    /** What the names of unfinished files begin with. */
    static final String RESERVED_PREFIX = ".netlabs-";

    /** Windows takes these for devices, in any folder and with any ending. */
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");

    private FileName() {}

    /**
     * @param onWindows whether its rules hold as well
     * @return what is wrong with {@code name}; null if nothing is
     */
    static String fault(String name, boolean onWindows) {
        if (name.isEmpty()) {
            return "a file needs a name";
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "its name is longer than " + MAX_BYTES + " bytes";
        }
        if (name.equals(".") || name.equals("..")) {
            return "its name is a folder's";
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return "its name has a path in it";
        }
        if (name.indexOf('\0') >= 0) {
            return "its name has a NUL in it";
        }
        // Both ways, as case-insensitive file systems compare: the long s is an S there, and so an s.
        if (name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
            return "names that begin with " + RESERVED_PREFIX + " are the server's own";
        }
        return onWindows ? faultOnWindows(name) : null;
    }

    /** As Microsoft's "Naming Files, Paths, and Namespaces" has them. */
    private static String faultOnWindows(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || "<>:\"|?*".indexOf(c) >= 0) {
                return "its name has a character that Windows does not take";
            }
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return "its name ends with a dot or a space, which Windows drops";
        }
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        boolean numbered = stem.matches("(COM|LPT)[0-9\u00b9\u00b2\u00b3]");
        return numbered || DEVICES.contains(stem) ? "its name is a device's on Windows" : null;
    }
}
