package netlabs.threaded;

import java.util.function.BooleanSupplier;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Terminals;

/**
 * Where the user of this side types and reads. Two threads use it: one types, others show. What is
 * shown is made harmless first, and so is what is typed: it goes to somebody else's terminal.
 */
interface ChatScreen extends AutoCloseable {
    /**
     * Opens the terminal if both the keyboard and the transcript are one, else plain pipes.
     *
     * @param console the process's own, or a test's
     * @param name stands before each line that is typed
     * @param verbose for {@link #err}
     */
    static ChatScreen open(Console console, String name, boolean verbose) {
        ChatScreen terminal = Terminals.isInteractive(console) ? ChatTerminal.open(console, name, verbose) : null;
        return terminal == null ? new ChatPipes(console, name) : terminal;
    }

    /**
     * Blocks until a line has been typed; it is on the screen as {@code NAME: text} then. One thread
     * only calls this.
     *
     * @return {@code NAME: text}; null at the end of the input
     * @throws netlabs.common.LabException if the input cannot be read
     */
    String type();

    /** Prints one line, above the one that is being typed. */
    void show(String line);

    /**
     * @return errors and warnings, which must not tear the line being typed either
     */
    Diagnostics err();

    /** Whether a person types: the end of the input is then the wish to leave. */
    boolean isInteractive();

    /**
     * Where the input is piped: waits until all of it has been typed, or nothing comes from the pipe
     * for a moment. Returns at once for a keyboard.
     *
     * @param enough a reason to stop waiting
     * @return whether the input has ended
     */
    boolean awaitInput(BooleanSupplier enough) throws InterruptedException;

    /** Gives the terminal back as it was. */
    @Override
    void close();
}
