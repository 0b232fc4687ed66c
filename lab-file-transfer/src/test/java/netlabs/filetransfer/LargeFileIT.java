package netlabs.filetransfer;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Offsets that do not fit into 32 bits, with a heap that a file of this size does not fit into at either
 * end. Nearly all of the file is a hole, and there already: both sides digest it, and the last bytes are
 * sent.
 */
@Timeout(300)
class LargeFileIT {
    private static final long FOUR_GIB = 1L << 32;
    private static final long SIZE = FOUR_GIB + 3;
    private static final long THERE = FOUR_GIB - 1_000_000;
    private static final String NAME = "large.bin";
    private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m");

    /** Where there is one: to read a hole of a tmpfs fills no page cache, which is most of the time on a disk. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path disk;

    private Path folder;

    @BeforeEach
    void chooseFolder() throws IOException {
        boolean shared = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
        folder = shared ? Files.createTempDirectory(SHARED_MEMORY, "large-file") : disk;
    }

    @AfterEach
    void delete() throws IOException {
        if (folder.equals(disk)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void put(Path file, long position, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static byte[] tail(Path file) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(10);
        try (FileChannel channel = FileChannel.open(file)) {
            while (tail.hasRemaining() && channel.read(tail, SIZE - 10 + tail.position()) >= 0) {
                continue;
            }
        }
        return tail.array();
    }

    @Test
    void aFilePastFourGiB() throws Exception {
        Path dir = Files.createDirectory(folder.resolve("dir"));
        Path file = folder.resolve(NAME);
        put(file, 0, (byte) 'N', (byte) 'L');
        put(file, THERE, new byte[] {9});
        put(file, SIZE - 4, new byte[] {1, 2, 3, 4});
        Path unfinished = dir.resolve(Folder.unfinishedName(NAME));
        put(unfinished, 0, (byte) 'N', (byte) 'L');
        put(unfinished, THERE - 1, new byte[1]);
        try (RunningProgram server =
                        LabJar.start(folder, SMALL_HEAP, "server", "--port", "0", "--dir", dir.toString());
                RunningProgram client = LabJar.start(
                        folder,
                        SMALL_HEAP,
                        "client",
                        "--resume",
                        "--port",
                        "" + server.awaitReady(TIMEOUT),
                        file.toString())) {
            assertThat(client.awaitExit(TIMEOUT.multipliedBy(4)))
                    .as(client.toString() + server)
                    .isZero();
            Path stored = dir.resolve(NAME);
            assertThat(Files.size(stored)).isEqualTo(SIZE);
            assertThat(tail(stored)).isEqualTo(tail(file));
            assertThat(TestServer.names(dir)).containsExactly(NAME);
            assertThat(client.output())
                    .contains("Resuming large.bin: " + THERE + " of " + SIZE + " bytes are there\n")
                    .contains("Sent large.bin: " + SIZE + " bytes, SHA-256 ");
            String digest = client.output().replaceAll("(?s).*SHA-256 (\\w+),.*", "$1");
            assertThat(server.output()).contains("Received large.bin: " + SIZE + " bytes, SHA-256 " + digest);
        }
    }

    /** More than the heap, many at once, over one connection each. */
    @Test
    void theHeapStaysSmallWhateverTheSize() throws Exception {
        Path dir = Files.createDirectory(disk.resolve("dir"));
        Path file = disk.resolve("hole");
        put(file, (300L << 20) - 1, new byte[1]);
        Map<String, String> tiny = Map.of("JAVA_TOOL_OPTIONS", "-Xmx16m");
        try (RunningProgram server = LabJar.start(folder, tiny, "server", "--port", "0", "--dir", dir.toString())) {
            String port = "" + server.awaitReady(TIMEOUT);
            for (List<String> options : List.of(List.of("--quiet"), List.of("--no-digest"))) {
                String[] arguments = {"client", options.get(0), "--port", port, file.toString()};
                try (RunningProgram client = LabJar.start(folder, tiny, arguments)) {
                    assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isZero();
                }
                assertThat(Files.size(dir.resolve("hole"))).isEqualTo(300L << 20);
                Files.delete(dir.resolve("hole"));
            }
            assertThat(server.error()).doesNotContain("error: ");
        }
    }
}
