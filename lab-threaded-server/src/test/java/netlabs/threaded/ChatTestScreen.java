package netlabs.threaded;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import netlabs.common.console.Diagnostics;
import netlabs.common.testing.TestConsole;

/** A person at a terminal, played by a test: types when the test says so, and keeps what is shown. */
final class ChatTestScreen implements ChatScreen {
    private static final String CTRL_D = "\u0004";

    private final TestConsole console = new TestConsole();
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>(1_000);
    private final String name;
    private volatile boolean ended;

    ChatTestScreen(String name) {
        this.name = name;
    }

    void typeLine(String text) {
        keys.add(text);
    }

    void typeCtrlD() {
        keys.add(CTRL_D);
    }

    TestConsole console() {
        return console;
    }

    @Override
    public String type() {
        try {
            String text = keys.take();
            if (text.equals(CTRL_D)) {
                ended = true;
                return null;
            }
            show(name + ": " + text);
            return name + ": " + text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void show(String line) {
        console.console().out().line(line);
    }

    @Override
    public Diagnostics err() {
        return console.console().err();
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public boolean awaitInput(BooleanSupplier enough) {
        return ended;
    }

    @Override
    public void close() {}
}
