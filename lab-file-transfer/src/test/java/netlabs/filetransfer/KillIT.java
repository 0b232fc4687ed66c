package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    /** The default of --max-size. */
    private static final long NO_DISK = 1L << 40;

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
                awaitIdle(server.awaitReady(TIMEOUT));
                checkAfter("client", kill, moment);
                if (random.nextInt(4) == 0) {
                    resume(port);
                }
            }
            resume(port);
        }
    }

    /**
     * A server goes on with what had come when the client died. An offer that no disk has room for tells
     * whether it still does, and changes nothing.
     */
    private void awaitIdle(int port) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (TransferPeer probe = TransferPeer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            while (probe.offer(new Offer(NAME, NO_DISK, true, true)).answer().status() == Status.BUSY) {
                assertThat(System.nanoTime()).as(told()).isLessThan(deadline);
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
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
        TestConsole console;
        int status;
        do { // the offer of a client that was killed at its start may come to the server later than this one
            console = new TestConsole();
            status = send(port, console).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } while (console.err().contains("another client is sending it"));
        assertThat(status).as(told() + console.err()).isZero();
        assertThat(Files.mismatch(file, stored)).as(told()).isEqualTo(-1);
        assertThat(TestServer.names(dir)).as(told()).containsExactly(NAME);
        Files.delete(stored);
    }
}
