package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aSizeIsCalledAsItIsTyped() {
        assertThat(List.of(1L, 1500L, 1L << 10, 100L << 10, 10L << 20, 1L << 30))
                .extracting(HttpFile::label)
                .containsExactly("1B", "1500B", "1KiB", "100KiB", "10MiB", "1GiB");
    }

    @Test
    void theFilesAreThereUntilItIsClosed() throws Exception {
        try (HttpFiles files = HttpFiles.in(folder, List.of(1024L, 100L, 1024L))) {
            assertThat(files.sizes()).containsExactly(1024L, 100L);
            HttpFile kibibyte = files.of("file: 1KiB");
            assertThat(kibibyte.target()).isEqualTo("/1KiB.bin");
            assertThat(kibibyte.path()).hasParent(files.root()).hasSize(1024);
            assertThat(Files.readAllBytes(kibibyte.path())).isNotEqualTo(new byte[1024]);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() {
        assertThatThrownBy(() -> HttpFiles.in(Path.of("/proc/no"), List.of(1L)))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("cannot make the files to serve in /proc/no");
    }
}
