package netlabs.common.console;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is a terminal, found out without a library: pipes should load nothing of one. */
public final class Terminals {
    private Terminals() {}

    /**
     * Whether the program was started with its standard input closed. The first file that the JVM opens then
     * becomes descriptor 0, and would be read as what was typed.
     */
    static boolean isInputClosed() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/0")).startsWith(System.getProperty("java.home"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no proc(5): what is there is read
        }
    }

    /**
     * Whether keyboard and transcript are a terminal's that can move its cursor.
     *
     * @param console a test's has streams of its own, which are no terminal
     */
    public static boolean isInteractive(Console console) {
        String type = System.getenv("TERM");
        return console.in() instanceof FileInputStream
                && type != null
                && !type.isEmpty()
                && !type.equals("dumb")
                && isTerminal(System.console());
    }

    /** The same, and standard error is one as well. */
    public static boolean showsErrors(Console console) {
        return isInteractive(console) && isTerminal(Path.of("/proc/self/fd/2"));
    }

    /**
     * Whether the terminal's last line is this program's now, and not a shell's that has put it into the background: its
     * process group is the terminal's (proc_pid_stat(5)). Where there is no proc(5), it is taken for that.
     */
    public static boolean isInForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // behind the name, which may have anything in it: state, parent, group, session, terminal, its group
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[5].equals(fields[2]) || fields[5].equals("-1"); // none that it could be in the background of
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * @param descriptor a link to what is open (proc(5)); where there are none, it is taken for a terminal
     */
    private static boolean isTerminal(Path descriptor) {
        try {
            String open = Files.readSymbolicLink(descriptor).toString();
            return open.startsWith("/dev/pts/") || open.startsWith("/dev/tty") || open.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** From Java 22 on there may be a console without a terminal; it says so by a method that 17 has not. */
    private static boolean isTerminal(java.io.Console console) {
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
