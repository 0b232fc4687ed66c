package netlabs.common.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another program in a process of its own, in any language: what it prints is collected while it
 * runs, what it reads can be typed, and every wait has a deadline. Closing it ends it. A failed
 * wait's message has everything that the program printed.
 */
public final class RunningProgram implements AutoCloseable {
    /** What a student's program prints in a lab is far below this; a runaway one is cut here. */
    private static final int MAX_OUTPUT_BYTES = 64 << 20;

    private static final Duration END_GRACE = Duration.ofSeconds(5);
    private static final Pattern READY =
            Pattern.compile("^ready: listening on \\('([^']*)', (\\d+)[,)]", Pattern.MULTILINE);

    private final List<String> command;
    private final Process process;
    private final Output out;
    private final Output err;

    /** Ctrl-C on this process must not leave the other one running. */
    private final Thread hook;

    private RunningProgram(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
        startReader("stdout", out);
        startReader("stderr", err);
        this.hook = new Thread(process::destroy, "end " + command.get(0));
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            hook.run(); // this process is being ended already
        }
    }

    /**
     * Starts {@code command} in {@code directory} with the environment of this process.
     *
     * @throws IOException if it cannot be started
     */
    public static RunningProgram start(Path directory, List<String> command) throws IOException {
        return start(directory, Map.of(), command);
    }

    /**
     * @param environment variables that are set on top of this process's own
     */
    public static RunningProgram start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new RunningProgram(List.copyOf(command), builder.start());
    }

    /**
     * @return the {@code java} that runs this process
     */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * @return the process's id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Waits for the line {@code ready: listening on ('<host>', <port>)} on standard error.
     *
     * @return the port
     * @throws TimeoutException if it does not come in time, or the program ends without it
     */
    public int awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
        Matcher[] ready = new Matcher[1];
        boolean found = err.await(timeout, text -> {
            ready[0] = READY.matcher(text);
            return ready[0].find();
        });
        if (!found) {
            throw new TimeoutException("no ready line from " + this);
        }
        return Integer.parseInt(ready[0].group(2));
    }

    /**
     * Waits until standard output contains {@code text}.
     *
     * @throws TimeoutException if it does not in time, or ends without it
     */
    public void awaitOutput(String text, Duration timeout) throws InterruptedException, TimeoutException {
        if (!out.await(timeout, printed -> printed.contains(text))) {
            throw new TimeoutException("no '" + text + "' on standard output of " + this);
        }
    }

    /** As {@link #awaitOutput}, for standard error. */
    public void awaitError(String text, Duration timeout) throws InterruptedException, TimeoutException {
        if (!err.await(timeout, printed -> printed.contains(text))) {
            throw new TimeoutException("no '" + text + "' on standard error of " + this);
        }
    }

    /** Types {@code text}, newlines included, on the program's standard input. */
    public void type(String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Ends the program's standard input: Ctrl-D. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends SIGTERM: {@code kill <pid>}. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy would close its output as well
    }

    /** Sends SIGKILL: {@code kill -9 <pid>}. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGINT, as Ctrl-C does; needs {@code kill}(1). */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
    }

    /**
     * Waits for the end of the program and of its output.
     *
     * @return its exit status
     * @throws TimeoutException if it does not end in time
     */
    public int awaitExit(Duration timeout) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)
                || !out.awaitEnd(deadline)
                || !err.awaitEnd(deadline)) {
            throw new TimeoutException("still running: " + this);
        }
        return process.exitValue();
    }

    /**
     * @return whether it has not ended yet
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * @return what it has printed on standard output until now, as bytes
     */
    public byte[] outputBytes() {
        return out.bytes();
    }

    /**
     * @return what it has printed on standard output until now
     */
    public String output() {
        return new String(out.bytes(), StandardCharsets.UTF_8);
    }

    /**
     * @return what it has printed on standard error until now
     */
    public String error() {
        return new String(err.bytes(), StandardCharsets.UTF_8);
    }

    /** Ends the program if it still runs: SIGTERM, and after five seconds SIGKILL. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this process is ending, and the hook is doing just that
        }
        process.destroy();
        try {
            if (!process.waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The command and all that it printed: what a failure should show. */
    @Override
    public String toString() {
        return String.join(" ", command)
                + (isAlive() ? " (running)" : " (exit status " + process.exitValue() + ")")
                + "\n--- its standard output:\n"
                + output()
                + "\n--- its standard error:\n"
                + error()
                + "\n---";
    }

    private static void startReader(String name, Output output) {
        Thread reader = new Thread(output, name);
        reader.setDaemon(true);
        reader.start();
    }

    private interface Condition {
        boolean holds(String text);
    }

    /** One of the program's streams, collected by a thread of its own. */
    private static final class Output implements Runnable {
        private final InputStream stream;
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private boolean ended;

        Output(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int count; (count = stream.read(buffer)) >= 0; ) {
                    add(buffer, count);
                }
            } catch (IOException e) {
                end(); // close() has closed the pipe: nobody wants what was printed after that
                return;
            }
            end();
        }

        private synchronized void add(byte[] bytes, int count) {
            collected.write(bytes, 0, Math.min(count, MAX_OUTPUT_BYTES - collected.size()));
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized byte[] bytes() {
            return collected.toByteArray();
        }

        synchronized boolean await(Duration timeout, Condition condition) throws InterruptedException {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!condition.holds(collected.toString(StandardCharsets.UTF_8))) {
                if (ended || !waitUntil(deadline)) {
                    return false;
                }
            }
            return true;
        }

        synchronized boolean awaitEnd(long deadline) throws InterruptedException {
            while (!ended) {
                if (!waitUntil(deadline)) {
                    return false;
                }
            }
            return true;
        }

        private boolean waitUntil(long deadline) throws InterruptedException {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
            return true;
        }
    }
}
