package netlabs.threaded;

import java.io.FileInputStream;
import netlabs.common.console.Console;

/** Whether there is a terminal. Apart from {@link ChatTerminal}, so that pipes load nothing of JLine. */
final class ChatTerminals {
    private ChatTerminals() {}

    /**
     * @param console a test's has streams of its own, which are no terminal
     */
    static boolean isInteractive(Console console) {
        String type = System.getenv("TERM");
        return console.in() instanceof FileInputStream
                && type != null
                && !type.isEmpty()
                && !type.equals("dumb")
                && isTerminal(System.console());
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
