package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of either side at random moments, {@code -Dkills=N} times each: the final name never
 * has a damaged file, and a transfer that is resumed gives an identical one.
 */
@Timeout(600)
class KillIT {
    private static final int SIZE = 32 << 20;
    private static final long POLL_NANOS = 200_000;
    private static final String NAME = "file.bin";

    private final int kills = Integer.getInteger("kills", 20);
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private Path dir;
    private Path file;
    private Path stored;
    private Path unfinished;

    /** What the story was, kill by kill. */
    private final StringBuilder story = new StringBuilder();

    @BeforeEach
    void makeFiles() throws IOException {
        System.out.println("KillIT: -Dkills=" + kills + " -Dseed=" + seed);
        dir = Files.createDirectory(folder.resolve("dir"));
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        file = Files.write(folder.resolve(NAME), bytes);
        stored = dir.resolve(NAME);
        unfinished = dir.resolve(Folder.unfinishedName(NAME));
    }

    private static long size(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** One moment of four is about the end: digest, fsync, link and delete. */
    private long aMoment(long there) {
        return random.nextInt(4) == 0 ? SIZE : there + (long) (random.nextDouble() * (SIZE - there));
    }

    /** Waits until {@code moment} bytes are there, or the file is stored. */
    private void await(long moment) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (size(unfinished) < moment && !Files.exists(stored)) {
            assertThat(System.nanoTime()).as(told()).isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void checkAfter(String side, int kill, long moment) throws IOException {
        boolean whole = Files.exists(stored);
        story.append(side + " " + kill + " at " + moment + ": " + size(unfinished) + (whole ? " stored\n" : "\n"));
        if (whole) {
            assertThat(Files.mismatch(file, stored)).as(told()).isEqualTo(-1);
            Files.delete(stored); // the next begins from whatever is there
        }
    }

    private String told() {
        return "seed " + seed + "\n" + story;
    }

    @Test
    void ofTheClient() throws Exception {
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--dir", dir.toString())) {
            String port = "" + server.awaitReady(TIMEOUT);
            for (int kill = 1; kill <= kills; kill++) {
                long moment = aMoment(size(unfinished));
                try (RunningProgram client =
                        LabJar.start(folder, "client", "--resume", "--port", port, file.toString())) {
                    await(moment);
                    client.kill();
                    client.awaitExit(TIMEOUT);
                }
                // A server that has everything goes on; one that has not keeps what it has.
                awaitIdle(server, kill);
                checkAfter("client", kill, moment);
                if (random.nextInt(4) == 0) {
                    resume(port);
                }
            }
            resume(port);
        }
    }

    /** Each transfer begins with one line of the server, and ends with one. */
    private void awaitIdle(RunningProgram server, int kill) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (count(server.output(), "Receiving ")
                != count(server.output(), "Received ") + count(server.error(), "error: ")) {
            assertThat(System.nanoTime()).as(told() + server).isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    @Test
    void ofTheServer() throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            long moment = aMoment(size(unfinished));
            try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--dir", dir.toString())) {
                String port = "" + server.awaitReady(TIMEOUT);
                FutureTask<Integer> client = send(port, new TestConsole());
                await(moment);
                server.kill();
                server.awaitExit(TIMEOUT);
                client.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
            checkAfter("server", kill, moment);
        }
        try (RunningProgram server = LabJar.start(folder, "server", "--port", "0", "--dir", dir.toString())) {
            resume("" + server.awaitReady(TIMEOUT));
        }
    }

    private FutureTask<Integer> send(String port, TestConsole console) {
        String[] arguments = {"client", "--resume", "--timeout", "30s", "--port", port, file.toString()};
        FutureTask<Integer> client =
                new FutureTask<>(() -> FileTransferLab.program().run(arguments, console.console()));
        Thread thread = new Thread(client, "client");
        thread.setDaemon(true);
        thread.start();
        return client;
    }

    private void resume(String port) throws Exception {
        TestConsole console = new TestConsole();
        assertThat(send(port, console).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .as(told() + console.err())
                .isZero();
        assertThat(Files.mismatch(file, stored)).as(told()).isEqualTo(-1);
        assertThat(TestServer.names(dir)).as(told()).containsExactly(NAME);
        Files.delete(stored);
    }
}
