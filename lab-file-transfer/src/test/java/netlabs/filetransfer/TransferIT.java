package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real jar at both ends: several clients, several servers, and a terminal. */
@Timeout(120)
class TransferIT {
    private static final int SIGTERM_STATUS = 143;

    @TempDir
    private Path folder;

    private RunningProgram server(Path dir, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("server", "--port", "0", "--dir", dir.toString()));
        arguments.addAll(Arrays.asList(more));
        return LabJar.start(folder, arguments.toArray(new String[0]));
    }

    private static void assertEnds(RunningProgram program, int status) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(status);
    }

    private Path random(String name, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void severalFilesOfSeveralClients() throws Exception {
        Path dir = Files.createDirectory(folder.resolve("dir"));
        Path small = random("naïve ✓.txt", 1000);
        Path large = random("large", 5_000_001);
        Path empty = random("empty", 0);
        Path other = random("-other", 3_000_000);
        try (RunningProgram server = server(dir)) {
            String port = "" + server.awaitReady(TIMEOUT);
            try (RunningProgram one = LabJar.start(
                            folder, "client", "--port", port, small.toString(), large.toString(), empty.toString());
                    RunningProgram two = LabJar.start(folder, "client", "--port", port, "--", "-other")) {
                assertEnds(one, 0);
                assertEnds(two, 0);
                assertThat(one.error())
                        .as("nothing of a progress bar in a pipe")
                        .isEmpty();
                assertThat(one.output()).doesNotContain("\r", "%").hasLineCount(6);
            }
            for (Path file : List.of(small, large, empty, other)) {
                assertThat(Files.mismatch(file, dir.resolve(file.getFileName())))
                        .isEqualTo(-1);
            }
            server.terminate();
            assertEnds(server, SIGTERM_STATUS);
            assertThat(server.error())
                    .matches("ready: .*\nnote: only this host can connect; --bind 0\\.0\\.0\\.0 lets others in, "
                            + "who can then store files here\n");
            assertThat(server.output()).doesNotContain("\r", "%").hasLineCount(8);
        }
    }

    /** Two servers on one folder: the unfinished file is locked. */
    @Test
    void anotherServerLeavesAnUnfinishedFileAlone() throws Exception {
        Path dir = Files.createDirectory(folder.resolve("dir"));
        byte[] hello = "Hello, World!\n".getBytes(StandardCharsets.UTF_8);
        try (RunningProgram one = server(dir);
                RunningProgram two = server(dir);
                TransferPeer first = connect(one);
                TransferPeer second = connect(two)) {
            first.offer("a", hello.length).expectYes().send(Arrays.copyOf(hello, 5));
            one.awaitOutput("Receiving a", TIMEOUT);
            second.offerToResume("a", hello.length).expectNo(Status.BUSY, "another server is storing it");
            second.offer("a", hello.length).expectNo(Status.BUSY, "another server is storing it");
            two.awaitError(": a refused: another server is storing it\n", TIMEOUT);
            first.send(Arrays.copyOfRange(hello, 5, hello.length))
                    .sendDigestOf(hello)
                    .expectYes();
            second.offer("a", hello.length).expectNo(Status.EXISTS, "it exists already");
            assertThat(dir.resolve("a")).hasBinaryContent(hello);
            assertThat(TestServer.names(dir)).containsExactly("a");
        }
    }

    private static TransferPeer connect(RunningProgram server) throws Exception {
        return TransferPeer.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT)));
    }

    /** {@code src/test/python/progress_terminal.py} plays the terminal and the server. */
    @Test
    void theProgressBarIsThereOnATerminalAndGoesAwayWithTheFile() throws Exception {
        Path large = random("large.bin", 20 << 20);
        List<String> command = new ArrayList<>(List.of(
                Peers.require("python3"),
                Path.of("src/test/python/progress_terminal.py").toAbsolutePath().toString(),
                large.toString()));
        command.addAll(LabJar.command());
        try (RunningProgram driver = RunningProgram.start(folder, command)) {
            assertEnds(driver, 0);
        }
    }
}
