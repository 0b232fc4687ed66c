package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, and one that is really read-only: a tmpfs of the process's own. */
@Timeout(120)
class FullDiskIT {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path dir;
    private byte[] bytes;
    private Path file;

    @BeforeEach
    void makeFiles() throws IOException {
        dir = Files.createDirectory(folder.resolve("dir"));
        bytes = new byte[3 * MIB / 2];
        new Random(5).nextBytes(bytes);
        file = Files.write(folder.resolve("file"), bytes);
    }

    private RunningProgram server(String mount, String... arguments) throws Exception {
        String[] all = new String[5 + arguments.length];
        System.arraycopy(new String[] {"server", "--port", "0", "--dir", dir.toString()}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return OwnMount.start(folder, mount, dir, all);
    }

    private RunningProgram client(RunningProgram server, String... arguments) throws Exception {
        String[] all = new String[3 + arguments.length];
        System.arraycopy(new String[] {"client", "--port", "" + server.awaitReady(TIMEOUT)}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return LabJar.start(folder, all);
    }

    private static TransferPeer connect(RunningProgram server) throws Exception {
        return TransferPeer.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT)));
    }

    private static void assertEnds(RunningProgram program, int status) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(status);
    }

    /** Each of two would fit, so that neither is refused at once. */
    @Test
    void theDiskBecomesFullInMidFile() throws Exception {
        try (RunningProgram server = server("size=2m");
                TransferPeer first = connect(server);
                TransferPeer second = connect(server)) {
            first.offer("first", bytes.length).expectYes();
            second.offer("second", bytes.length).expectYes();
            first.send(bytes).sendDigestOf(bytes).expectYes();
            second.send(bytes).expectNo(Status.NO_SPACE, "the disk is full").expectEnd();
            server.awaitError("error: client " + second.tuple() + ": second refused: the disk is full\n", TIMEOUT);
            Path seen = OwnMount.seenBy(server, dir);
            assertThat(TestServer.names(seen)).containsExactly("first");
            assertThat(seen.resolve("first")).hasBinaryContent(bytes);
            Files.delete(seen.resolve("first"));
            try (TransferPeer third = connect(server)) {
                third.offer("second", bytes.length).expectYes();
                third.send(bytes).sendDigestOf(bytes).expectYes();
            }
            assertThat(TestServer.names(dir)).as("beside the mount").isEmpty();
        }
    }

    @Test
    void aFileThatDoesNotFitIsRefusedAtOnce() throws Exception {
        try (RunningProgram server = server("size=1m");
                RunningProgram client = client(server, file.toString())) {
            assertEnds(client, 1);
            String why = "the disk is too full: 1572864 bytes needed, 1048576 free\n";
            assertThat(client.error())
                    .isEqualTo(
                            "error: " + file + " was refused by 127.0.0.1:" + server.awaitReady(TIMEOUT) + ": " + why);
            server.awaitError(": file refused: " + why, TIMEOUT);
            assertThat(TestServer.names(OwnMount.seenBy(server, dir))).isEmpty();
        }
    }

    @Test
    void aRawFileThatDoesNotFitLeavesNothing() throws Exception {
        try (RunningProgram server = server("size=1m", "--raw", "--output", "out");
                RunningProgram client = client(server, "--raw", file.toString())) {
            assertEnds(client, 1);
            assertThat(client.error()).startsWith("error: 127.0.0.1:").hasLineCount(1);
            server.awaitError(": out refused: the disk is full\n", TIMEOUT);
            assertThat(TestServer.names(OwnMount.seenBy(server, dir))).isEmpty();
        }
    }

    @Test
    void whatAClientReceivesDoesNotFit() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram client = OwnMount.start(
                        folder,
                        "size=1m",
                        dir,
                        "client",
                        "--raw",
                        "--port",
                        "" + listener.getLocalPort(),
                        "--output",
                        dir.resolve("out").toString())) {
            try (TransferPeer server = TransferPeer.of(listener.accept())) {
                server.send(bytes).expectGone();
            }
            assertEnds(client, 1);
            assertThat(client.error()).isEqualTo("error: cannot store out: the disk is full\n");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenTo() throws Exception {
        try (RunningProgram server = server("ro");
                RunningProgram client = client(server, file.toString())) {
            assertEnds(client, 1);
            String why = "the folder cannot be written to: Read-only file system\n";
            assertThat(client.error()).endsWith(": " + why).hasLineCount(1);
            server.awaitError(": file refused: " + why, TIMEOUT);
        }
    }
}
