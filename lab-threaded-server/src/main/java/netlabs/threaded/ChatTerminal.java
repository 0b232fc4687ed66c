package netlabs.threaded;

import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Printable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A chat on a terminal, by JLine: the prompt is {@code NAME: }, so that what is typed stays on the
 * screen as the line that was said; and a line that arrives takes the one being typed off the
 * screen, is printed, and has the typed one shown again below it.
 *
 * <p>JLine's provider is {@code exec}: it asks stty(1) for the terminal's settings and needs no native
 * code, which newer Java versions warn about (JEP 472).
 */
final class ChatTerminal implements ChatScreen {
    private static final int SIGINT_STATUS = 130; // 128 + 2, what the JVM itself ends with
    private static final int LEAVE_MILLIS = 1_000;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Console console;
    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;
    private final Diagnostics err;

    /** Held while the terminal is given back: whoever closes second returns when that is done. */
    private final Object givingBack = new Object();

    /** Counted down when nothing more is typed. */
    private final CountDownLatch typed = new CountDownLatch(1);

    private Thread typist;
    private boolean closing;

    private ChatTerminal(Console console, Terminal terminal, String name, boolean verbose) {
        this.console = console;
        this.terminal = terminal;
        this.prompt = name + ": ";
        // Nothing that is typed has a meaning other than itself: no quotes, no escapes, no history marks.
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, false)
                .build();
        this.err = new Diagnostics(new PrintStream(new Above(), false, StandardCharsets.UTF_8));
        if (verbose) {
            err.setVerbose();
        }
    }

    /**
     * @return null if the terminal does not let itself be controlled
     */
    static ChatTerminal open(Console console, String name, boolean verbose) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                    .dumb(false)
                    .encoding(StandardCharsets.UTF_8)
                    .stdinEncoding(StandardCharsets.UTF_8)
                    .stdoutEncoding(StandardCharsets.UTF_8)
                    // JLine takes Ctrl-C over while it reads; between two lines it would leave it to the system, which
                    // ends the process without closing anything.
                    .signalHandler(ChatTerminal::onSignal)
                    .nativeSignals(false)
                    .build();
            if (terminal.getWidth() == 0) {
                terminal.setSize(new Size(USUAL_COLUMNS, USUAL_ROWS)); // a pseudo-terminal that nobody gave a size
            }
            return new ChatTerminal(console, terminal, name, verbose);
        } catch (IOException | IllegalStateException e) {
            return null;
        }
    }

    @Override
    public String type() {
        synchronized (this) {
            if (closing) {
                return null;
            }
            if (typist == null) {
                typist = Thread.currentThread();
                // Between two lines too, else keys pressed then are echoed where they do not belong.
                terminal.enterRawMode();
            }
        }
        try {
            while (true) {
                String line = prompt + Printable.escape(reader.readLine(prompt));
                if (ChatLine.fits(line)) {
                    return line;
                }
                show(ChatLine.ofListener("not sent, longer than " + ChatLine.MAX_LENGTH + " bytes"));
            }
        } catch (UserInterruptException e) {
            if (!isClosing()) {
                typed.countDown();
                onSignal(Terminal.Signal.INT);
            }
        } catch (EndOfFileException e) {
            // Ctrl-D, or the terminal has gone: null, below
        } catch (IllegalStateException | IOError e) {
            if (!isClosing()) {
                throw e;
            }
        }
        typed.countDown();
        return null;
    }

    /** What the JVM does by default: shutdown hooks, and the status that shells expect. */
    private static void onSignal(Terminal.Signal signal) {
        if (signal == Terminal.Signal.INT) {
            Runtime.getRuntime().exit(SIGINT_STATUS);
        }
    }

    @Override
    public void show(String line) {
        above(Printable.escape(line));
    }

    private void above(String line) {
        try {
            reader.printAbove(line);
        } catch (IllegalStateException e) {
            console.out().print(line + "\n"); // JLine has a shutdown hook of its own, which was quicker
        }
    }

    @Override
    public Diagnostics err() {
        return err;
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public boolean awaitInput(BooleanSupplier enough) {
        return typed.getCount() == 0;
    }

    @Override
    public void close() {
        Thread reading;
        synchronized (this) {
            closing = true;
            reading = typist;
        }
        try {
            if (reading != null && reading != Thread.currentThread()) {
                reading.interrupt(); // readLine leaves the cursor on a line of its own
                typed.await(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
            }
            synchronized (givingBack) {
                terminal.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.err().error("giving the terminal back: " + e.getMessage(), e);
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** Diagnostics are lines too, and would tear the one being typed. */
    private final class Above extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                above(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
