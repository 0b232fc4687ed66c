package netlabs.common.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The command line as UTF-8, whatever the locale. In a container without {@code LANG} the JVM
 * decodes its arguments as ASCII, and a message like {@code naïve} arrives full of replacement
 * characters; on Linux the bytes can still be read from proc(5).
 */
final class Arguments {
    private static final Path CMDLINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /**
     * @return {@code args}, or what they were before the JVM replaced characters in them
     */
    static String[] decoded(String[] args) {
        if ("UTF-8".equals(System.getProperty("sun.jnu.encoding")) || !isDamaged(args)) {
            return args;
        }
        try {
            return fromCommandLine(Files.readAllBytes(CMDLINE), args);
        } catch (IOException e) {
            return args; // no proc file system: what the JVM made of them is all there is
        }
    }

    /**
     * @param cmdline the arguments of the process, a NUL behind each; the program's are the last
     */
    static String[] fromCommandLine(byte[] cmdline, String[] args) {
        String[] all = new String(cmdline, StandardCharsets.UTF_8).split("\0", -1);
        int end = all.length - 1;
        return end < args.length ? args : Arrays.copyOfRange(all, end - args.length, end);
    }

    private static boolean isDamaged(String[] args) {
        for (String arg : args) {
            for (int i = 0; i < arg.length(); i++) {
                if (arg.charAt(i) == '?' || arg.charAt(i) > 0x7e) {
                    return true;
                }
            }
        }
        return false;
    }
}
