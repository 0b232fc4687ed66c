package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file on its way from its first byte to its final name, without a network. */
@Timeout(30)
class FolderTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    private Path temp;

    private Path dir;
    private Folder folder;
    private Folder overwriting;

    @BeforeEach
    void open() throws IOException {
        dir = Files.createDirectory(temp.resolve("dir"));
        folder = Folder.open(dir, false, NO_LIMIT);
        overwriting = Folder.open(dir, true, NO_LIMIT);
    }

    private static void write(Incoming file, String text) throws RefusedException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void store(Folder folder, String name, String text) throws RefusedException {
        try (Incoming file = folder.begin(name, text.length(), false)) {
            write(file, text);
            file.commit();
        }
    }

    private void leaveUnfinished(String name, String text) throws RefusedException {
        try (Incoming file = folder.begin(name, 1000, false)) {
            write(file, text);
        }
    }

    private static Status refusal(Folder folder, String name) {
        return catchThrowableOfType(
                        RefusedException.class,
                        () -> folder.begin(name, 1, false).close())
                .status();
    }

    private List<String> names() throws IOException {
        return TestServer.names(dir);
    }

    private Path unfinished(String name) {
        return dir.resolve(Folder.unfinishedName(name));
    }

    @Test
    void aFileAppearsAtOnceAndWhole() throws Exception {
        try (Incoming file = folder.begin("a.txt", 10, false)) {
            write(file, "hello");
            write(file, "world");
            assertThat(file.length()).isEqualTo(10);
            assertThat(names()).containsExactly(Folder.unfinishedName("a.txt"));
            file.commit();
            assertThat(names()).containsExactly("a.txt");
        }
        assertThat(names()).containsExactly("a.txt");
        assertThat(dir.resolve("a.txt")).hasContent("helloworld");
        assertThat(Files.getAttribute(dir.resolve("a.txt"), "unix:nlink")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyFile(boolean overwrites) throws Exception {
        store(overwrites ? overwriting : folder, "empty", "");
        assertThat(names()).containsExactly("empty");
        assertThat(dir.resolve("empty")).isEmptyFile();
    }

    @Test
    void theLongestNames() throws Exception {
        for (String name : List.of("x".repeat(255), "é".repeat(127), "😀".repeat(63))) {
            store(folder, name, name);
            assertThat(dir.resolve(name)).hasContent(name);
        }
    }

    @Test
    void whatIsUnfinishedStaysAndIsResumed() throws Exception {
        leaveUnfinished("a.txt", "hello");
        assertThat(unfinished("a.txt")).hasContent("hello");
        try (Incoming file = folder.begin("a.txt", 10, true)) {
            assertThat(file.length()).isEqualTo(5);
            ByteBuffer there = ByteBuffer.allocate(3);
            file.read(there, 2);
            assertThat(there.array()).isEqualTo("llo".getBytes(StandardCharsets.UTF_8));
            write(file, "world");
            file.commit();
        }
        assertThat(names()).containsExactly("a.txt");
        assertThat(dir.resolve("a.txt")).hasContent("helloworld");
    }

    @Test
    void withoutResumeItBeginsAgain() throws Exception {
        leaveUnfinished("a.txt", "longer than what comes");
        store(folder, "a.txt", "new");
        assertThat(dir.resolve("a.txt")).hasContent("new");
    }

    @Test
    void aResumedFileCanBeginAgain() throws Exception {
        leaveUnfinished("a.txt", "longer than what comes");
        try (Incoming file = folder.begin("a.txt", 3, true)) {
            file.restart();
            assertThat(file.length()).isZero();
            write(file, "new");
            file.commit();
        }
        assertThat(dir.resolve("a.txt")).hasContent("new");
    }

    @Test
    void whatIsThereCannotBeReadPastItsEnd() throws Exception {
        leaveUnfinished("a.txt", "hello");
        try (Incoming file = folder.begin("a.txt", 10, true)) {
            assertThatThrownBy(() -> file.read(ByteBuffer.allocate(3), 4))
                    .hasMessage("what is there of it cannot be read: it became shorter");
        }
        assertThat(names()).as("what cannot be read cannot be resumed").isEmpty();
    }

    /** Whoever tidies the folder up meanwhile: a stranger's file must not come under the final name. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "nothing"})
    void onlyTheFileThatWasWrittenIsPublished(String replacement) throws Exception {
        for (Folder each : List.of(folder, overwriting)) {
            Path unfinished = dir.resolve(Folder.unfinishedName("a.txt"));
            try (Incoming file = each.begin("a.txt", 5, false)) {
                write(file, "hello");
                Files.delete(unfinished);
                if (replacement.equals("file")) {
                    Files.writeString(unfinished, "EVIL");
                } else if (replacement.equals("link")) {
                    Files.createSymbolicLink(unfinished, Path.of("/etc/passwd"));
                }
                assertThatThrownBy(file::commit).hasMessage("somebody took its unfinished file away");
            }
            assertThat(dir.resolve("a.txt")).doesNotExist();
            Files.deleteIfExists(unfinished);
        }
    }

    @Test
    void whatIsUnfinishedAndEmptyIsDeleted() throws Exception {
        folder.begin("a.txt", 10, false).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsDiscardedIsDeleted() throws Exception {
        try (Incoming file = folder.begin("a.txt", 10, false)) {
            write(file, "damaged");
            file.discard();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void anExistingFileIsKept() throws Exception {
        Files.writeString(dir.resolve("a.txt"), "mine");
        assertThat(refusal(folder, "a.txt")).isEqualTo(Status.EXISTS);
        assertThat(dir.resolve("a.txt")).hasContent("mine");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void anExistingFileIsReplacedOnlyWhenTheNewOneIsWhole() throws Exception {
        Files.writeString(dir.resolve("a.txt"), "mine");
        try (Incoming file = overwriting.begin("a.txt", 3, false)) {
            write(file, "new");
            assertThat(dir.resolve("a.txt")).hasContent("mine");
            file.commit();
        }
        assertThat(dir.resolve("a.txt")).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aFileThatCameInBetweenIsKept() throws Exception {
        try (Incoming file = folder.begin("a.txt", 3, false)) {
            write(file, "new");
            Files.writeString(dir.resolve("a.txt"), "mine");
            assertThatThrownBy(file::commit)
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(Status.EXISTS));
        }
        assertThat(dir.resolve("a.txt")).hasContent("mine");
    }

    @Test
    void aFileThatCameInBetweenIsReplacedWhereThatIsAllowed() throws Exception {
        try (Incoming file = overwriting.begin("a.txt", 3, false)) {
            write(file, "new");
            Files.writeString(dir.resolve("a.txt"), "mine");
            file.commit();
        }
        assertThat(dir.resolve("a.txt")).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @ParameterizedTest
    @CsvSource({"true, folder", "false, folder", "true, link", "false, link", "true, dangling", "false, dangling"})
    void foldersAndLinksAreNeverReplaced(boolean overwrites, String kind) throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "mine");
        Path there = dir.resolve("a.txt");
        switch (kind) {
            case "folder" -> Files.createDirectory(there);
            case "link" -> Files.createSymbolicLink(there, outside);
            default -> Files.createSymbolicLink(there, temp.resolve("nowhere"));
        }
        assertThat(refusal(overwrites ? overwriting : folder, "a.txt")).isEqualTo(Status.EXISTS);
        assertThat(outside).hasContent("mine");
        assertThat(temp.resolve("nowhere")).doesNotExist();
        assertThat(names()).containsExactly("a.txt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkThatCameInBetweenIsNotFollowed(boolean overwrites) throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "mine");
        try (Incoming file = (overwrites ? overwriting : folder).begin("a.txt", 3, false)) {
            write(file, "new");
            Files.createSymbolicLink(dir.resolve("a.txt"), outside);
            assertThatThrownBy(file::commit).hasMessageContaining("there is a symbolic link with its name");
        }
        assertThat(outside).hasContent("mine");
        assertThat(dir.resolve("a.txt")).isSymbolicLink();
    }

    @Test
    void anUnfinishedNameThatIsALinkIsNotFollowed() throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "mine");
        Files.createSymbolicLink(unfinished("a.txt"), outside);
        assertThat(refusal(folder, "a.txt")).isEqualTo(Status.NOT_WRITABLE);
        assertThat(refusal(overwriting, "a.txt")).isEqualTo(Status.NOT_WRITABLE);
        assertThat(outside).hasContent("mine");
        assertThat(dir.resolve("a.txt")).doesNotExist();
    }

    @Test
    void anUnfinishedNameThatIsAFolder() throws Exception {
        Files.createDirectory(unfinished("a.txt"));
        assertThat(refusal(folder, "a.txt")).isEqualTo(Status.NOT_WRITABLE);
    }

    /** A server that was killed between link and delete leaves two names of one file. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theStoredFileIsNotWrittenToThroughItsUnfinishedName(boolean overwrites, boolean resume) throws Exception {
        store(folder, "a.txt", "stored before");
        Files.createLink(unfinished("a.txt"), dir.resolve("a.txt"));
        if (overwrites) {
            Files.createLink(dir.resolve("kept"), dir.resolve("a.txt"));
        } else {
            Files.move(dir.resolve("a.txt"), dir.resolve("kept"));
        }
        try (Incoming file = (overwrites ? overwriting : folder).begin("a.txt", 3, resume)) {
            assertThat(file.length()).isZero();
            write(file, "new");
            file.commit();
        }
        assertThat(dir.resolve("kept")).hasContent("stored before");
        assertThat(dir.resolve("a.txt")).hasContent("new");
        assertThat(names()).containsExactly("a.txt", "kept");
    }

    @Test
    void oneNameIsStoredByOneAtATime() throws Exception {
        try (Incoming file = folder.begin("a.txt", 3, false)) {
            assertThat(refusal(folder, "a.txt")).isEqualTo(Status.BUSY);
            store(folder, "b.txt", "another name");
            write(file, "new");
            file.commit();
        }
        assertThat(dir.resolve("a.txt")).hasContent("new");
        assertThat(refusal(folder, "a.txt")).isEqualTo(Status.EXISTS);
    }

    @Test
    void whoeverWasRefusedDoesNotMakeItFree() throws Exception {
        Incoming file = folder.begin("a.txt", 3, false);
        for (int i = 0; i < 3; i++) {
            assertThat(refusal(folder, "a.txt")).isEqualTo(Status.BUSY);
        }
        file.close();
        store(folder, "a.txt", "new");
    }

    @Test
    void aFileThatIsTooLarge() throws Exception {
        Folder small = Folder.open(dir, false, 3);
        store(small, "a.txt", "abc");
        assertThatThrownBy(() -> small.begin("b.txt", 4, false))
                .hasMessage("its 4 bytes are more than the 3 of --max-size");
        assertThat(names()).containsExactly("a.txt");
        try (Incoming file = small.begin("c.txt", -1, false)) {
            write(file, "ab");
            assertThatThrownBy(() -> write(file, "cd")).hasMessage("it has more than the 3 bytes of --max-size");
        }
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aFileLargerThanTheDisk() throws Exception {
        assertThatThrownBy(() -> folder.begin("a.txt", NO_LIMIT, false))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(Status.NO_SPACE))
                .hasMessageContaining("the disk is too full: 9223372036854775807 bytes needed, ");
        assertThat(names()).isEmpty();
        store(folder, "a.txt", "and the name is free again");
    }

    @Test
    void aFolderThatIsGone() throws Exception {
        Files.delete(dir);
        assertThat(refusal(folder, "a.txt")).isEqualTo(Status.NOT_WRITABLE);
    }

    @Test
    void aFolderThatIsNone() throws Exception {
        assertThatThrownBy(() -> Folder.open(temp.resolve("none"), false, 1))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("none: no such directory");
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> Folder.open(file, false, 1)).hasMessageEndingWith("file: not a directory");
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, NO_SPACE, the disk is full",
        "Disk quota exceeded, NO_SPACE, the disk is full",
        "There is not enough space on the disk, NO_SPACE, the disk is full",
        "Read-only file system, NOT_WRITABLE, the folder cannot be written to: Read-only file system",
        "Input/output error, NOT_WRITABLE, the folder cannot be written to: Input/output error",
    })
    void whatTheFileSystemSays(String said, Status status, String told) {
        RefusedException refused = Folder.refusal(new IOException(said));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused).hasMessage(told);
    }

    @Test
    void unfinishedNamesAreTheServersOwn() {
        assertThat(Folder.unfinishedName("a.txt")).matches("\\.netlabs-[0-9a-f]{16}\\.part");
        assertThat(FileName.fault(Folder.unfinishedName("a.txt"), true)).isNotNull();
        assertThat(Folder.unfinishedName("a.txt")).isNotEqualTo(Folder.unfinishedName("A.txt"));
    }
}
