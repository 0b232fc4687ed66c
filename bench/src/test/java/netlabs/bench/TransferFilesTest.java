package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import netlabs.common.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferFilesTest {
    private static final int BYTES = 3 << 20;

    @TempDir
    private Path folder;

    @Test
    void anExistingFileDiffersFromTheSourceWhoeverWroteItLast() throws Exception {
        try (TransferFiles files = TransferFiles.in(folder, BYTES)) {
            files.prepareExisting();
            assertThat(Files.size(files.received())).isEqualTo(BYTES);
            assertThat(files.mismatch()).isZero();

            byte[] all = Files.readAllBytes(files.source());
            for (int i = 0; i < 10; i++) {
                all[i * (64 << 10)] ^= 1;
            }
            Files.write(files.received(), all);
            Files.createFile(files.folder().resolve("left over"));
            files.prepareExisting();
            assertThat(files.mismatch()).isZero();
            assertThat(files.folder()).isDirectoryNotContaining("glob:**left over");

            Files.copy(files.source(), files.folder().resolve("whole"));
            files.removeReceived();
            assertThat(files.folder()).isEmptyDirectory();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() {
        assertThatThrownBy(() -> TransferFiles.in(Path.of("/proc/no"), BYTES))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("cannot make the file to transfer in /proc/no");
    }

    @Test
    void whereThereIsNoRoomThatIsSaidAndNothingIsLeft() {
        assertThatThrownBy(() -> TransferFiles.in(folder, 1L << 50))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("this needs 3 times 1,073,741,824 MiB - give a smaller --size");
        assertThat(folder).isEmptyDirectory();
    }
}
