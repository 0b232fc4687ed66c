package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code A.txt} beside {@code a.txt}: two files here, one file on the file systems of Windows and macOS. */
class NameCaseTest {
    private static void store(Folder folder, String name, String text) throws RefusedException {
        try (Incoming file = folder.begin(name, text.length(), false)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.commit();
        }
    }

    private static FileSystem fileSystem(String system) {
        return Jimfs.newFileSystem(system.equals("windows") ? Configuration.windows() : Configuration.osX());
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows", "macos"})
    void whereTheyAreOneTheSecondIsRefused(String system) throws Exception {
        try (FileSystem files = fileSystem(system)) {
            Path dir = Files.createDirectory(files.getPath("dir"));
            Folder folder = Folder.open(dir, false, Long.MAX_VALUE);
            store(folder, "a.txt", "first");
            assertThatThrownBy(() -> folder.begin("A.txt", 6, false))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(Status.EXISTS));
            assertThat(dir.resolve("a.txt")).hasContent("first");
            assertThat(TestServer.names(dir)).containsExactly("a.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows", "macos"})
    void whereTheyAreOneAndBothAreOnTheirWayTheFirstStays(String system) throws Exception {
        try (FileSystem files = fileSystem(system)) {
            Path dir = Files.createDirectory(files.getPath("dir"));
            Folder folder = Folder.open(dir, false, Long.MAX_VALUE);
            try (Incoming second = folder.begin("A.txt", 6, false)) {
                store(folder, "a.txt", "first");
                second.write(ByteBuffer.wrap("second".getBytes(StandardCharsets.UTF_8)));
                assertThatThrownBy(second::commit)
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("exists");
                second.discard();
            }
            assertThat(dir.resolve("a.txt")).hasContent("first");
            assertThat(TestServer.names(dir)).containsExactly("a.txt");
        }
    }

    @Test
    void whereTheyAreTwoBothAreStored(@TempDir Path dir) throws Exception {
        Folder folder = Folder.open(dir, false, Long.MAX_VALUE);
        store(folder, "a.txt", "first");
        store(folder, "A.txt", "second");
        assertThat(dir.resolve("a.txt")).hasContent("first");
        assertThat(dir.resolve("A.txt")).hasContent("second");
    }
}
