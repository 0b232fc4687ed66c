package netlabs.threaded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.console.Diagnostics;
import netlabs.common.console.Printable;
import netlabs.common.net.MessageSource;

/**
 * A chat whose input or output is a pipe or a file: no prompt, and each line that is typed is
 * printed as {@code NAME: text}, so that the transcript has the lines of all.
 */
final class ChatPipes implements ChatScreen {
    /** A pipe that gives nothing for so long has given all that there is for now. */
    private static final int QUIET_MILLIS = 200;

    private final Console console;
    private final String name;
    private final MessageSource lines;

    /** {@link System#nanoTime} since when the pipe has given nothing; 0 while what it gave is being said. */
    private long waitingSince;

    private boolean ended;

    ChatPipes(Console console, String name) {
        this.console = console;
        this.name = name;
        this.lines = MessageSource.ofKeyboard(new Watched(console.in()));
    }

    @Override
    public String type() {
        try {
            byte[] text = lines.next();
            if (text == null) {
                end();
                return null;
            }
            String line = name + ": " + Printable.escape(new String(text, StandardCharsets.UTF_8));
            if (!ChatLine.fits(line)) {
                throw new LabException("standard input has a line longer than " + ChatLine.MAX_LENGTH + " bytes");
            }
            console.out().line(line);
            return line;
        } catch (LabException e) {
            end();
            throw e;
        }
    }

    @Override
    public void show(String line) {
        console.out().line(line);
    }

    @Override
    public Diagnostics err() {
        return console.err();
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public synchronized boolean awaitInput(BooleanSupplier enough) throws InterruptedException {
        while (!ended && !enough.getAsBoolean()) {
            long waited = waitingSince == 0 ? 0 : (System.nanoTime() - waitingSince) / 1_000_000;
            if (waited >= QUIET_MILLIS) {
                return false;
            }
            wait(QUIET_MILLIS - waited);
        }
        return ended;
    }

    @Override
    public void close() {
        end();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void waiting(boolean now) {
        waitingSince = now ? System.nanoTime() | 1 : 0;
        notifyAll();
    }

    /** Notes when it waits for more. */
    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            waiting(true);
            int count = super.read(buffer, offset, length);
            waiting(false);
            return count;
        }
    }
}
