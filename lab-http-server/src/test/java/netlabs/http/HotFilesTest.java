package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were asked for lately: a change shows soon, and there is a bound. */
@Timeout(60)
class HotFilesTest {
    private static final long DEADLINE_NANOS = 10_000_000_000L;

    /** Longer than a file counts as fresh. */
    private static final long STALE_NANOS = 250_000_000L;

    /** Whether the copies of long files are in a {@link ContentFile}. */
    boolean inFile() {
        return false;
    }

    @TempDir
    private Path root;

    private Origin origin;
    private int changes;

    @BeforeEach
    void open() {
        origin = new Origin(Site.open(root), false, new HotFiles(inFile()));
    }

    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(root.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(784_111_777 + changes++)));
    }

    private Answer answer(String target) {
        return origin.answer(Decoding.get(target));
    }

    private String body(String target, String... fields) throws IOException {
        Reading reading = Reading.of(origin.answer(Decoding.get(target, fields)));
        return reading.status() == 200 ? reading.body() : Integer.toString(reading.status());
    }

    /** Asks until the answer is {@code expected}; before, it may only be {@code old}. */
    private void awaitBody(String target, String old, String expected) throws IOException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        String body;
        while (!(body = body(target)).equals(expected)) {
            assertThat(body).isEqualTo(old);
            assertThat(System.nanoTime()).as("deadline for " + target).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static byte[] bytes(Answer answer) {
        return answer.body() instanceof Body.Small small ? small.bytes() : null;
    }

    /** Of a file that is copied, the same for each answer from the copy. */
    private static Body.Segment copy(Answer answer) {
        return ((Body.Segments) answer.body()).segments().get(0);
    }

    @Test
    void aFileIsReadOnce() throws IOException {
        write("a.txt", "a");
        write("b.txt", "b".repeat(100_000));
        Answer small = answer("/a.txt");
        Answer large = answer("/b.txt");
        assertThat(bytes(small)).isEqualTo(new byte[] {'a'});
        assertThat(bytes(answer("/a.txt"))).isSameAs(bytes(small));
        assertThat(copy(answer("/b.txt"))).isSameAs(copy(large));
    }

    @Test
    void aFileThatDoesNotChangeIsNotReadAgain() throws IOException {
        write("b.txt", "b".repeat(100_000));
        Answer large = answer("/b.txt");
        long end = System.nanoTime() + STALE_NANOS;
        while (System.nanoTime() - end < 0) {
            assertThat(copy(answer("/b.txt"))).isSameAs(copy(large));
            Thread.onSpinWait();
        }
    }

    @Test
    void aChangeShows() throws IOException {
        write("a.txt", "old");
        assertThat(body("/a.txt")).isEqualTo("old");
        write("a.txt", "new");
        awaitBody("/a.txt", "old", "new");
        write("a.txt", "newer");
        awaitBody("/a.txt", "new", "newer");
    }

    @Test
    void aFileThatIsReplacedRemovedAndBackShows() throws IOException {
        write("a.txt", "old");
        assertThat(body("/a.txt")).isEqualTo("old");
        Files.delete(root.resolve("a.txt"));
        awaitBody("/a.txt", "old", "404");
        write("a.txt", "new");
        awaitBody("/a.txt", "404", "new");
        Files.delete(root.resolve("a.txt"));
        Files.createDirectory(root.resolve("a.txt"));
        awaitBody("/a.txt", "new", "301");
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeShows() throws IOException {
        write("a.txt", "old");
        write("b.txt", "new");
        Files.setLastModifiedTime(root.resolve("b.txt"), Files.getLastModifiedTime(root.resolve("a.txt")));
        assertThat(body("/a.txt")).isEqualTo("old");
        Files.move(root.resolve("b.txt"), root.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);
        awaitBody("/a.txt", "old", "new");
    }

    @Test
    void aLinkThatIsTurnedOutOfTheRootIsNoticed() throws IOException {
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.createDirectory(root.resolve("site"));
        Files.writeString(inside.resolve("secret.txt"), "secret");
        Path site = root.resolve("site");
        Files.writeString(site.resolve("a.txt"), "old");
        Files.setLastModifiedTime(site.resolve("a.txt"), FileTime.from(Instant.ofEpochSecond(784_111_777)));
        Files.createSymbolicLink(site.resolve("link.txt"), Path.of("a.txt"));
        origin = new Origin(Site.open(site), false, new HotFiles(inFile()));
        assertThat(body("/link.txt")).isEqualTo("old");
        Files.delete(site.resolve("link.txt"));
        Files.createSymbolicLink(site.resolve("link.txt"), inside.resolve("secret.txt"));
        awaitBody("/link.txt", "old", "403");
    }

    @Test
    void aFileThatMayNoLongerBeReadIsNoticed() throws IOException {
        write("a.txt", "old");
        assertThat(body("/a.txt")).isEqualTo("old");
        Path file = root.resolve("a.txt");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        awaitBody("/a.txt", "old", "403");
    }

    @Test
    void aHotFileHasItsConditions() throws IOException {
        write("a.txt", "0123456789");
        String tag = Reading.of(answer("/a.txt")).field("ETag");
        assertThat(body("/a.txt", "If-None-Match: " + tag)).isEqualTo("304");
        assertThat(body("/a.txt", "Range: bytes=0-1")).isEqualTo("206");
        assertThat(Reading.of(origin.answer(Decoding.request("HEAD", "/a.txt"))).body())
                .isEmpty();
    }

    @Test
    void aTargetWithAQueryIsNotKept() throws IOException {
        write("a.txt", "a");
        for (int again = 0; again < 2; again++) {
            Answer answer = answer("/a.txt?1");
            assertThat(bytes(answer)).isNull();
            assertThat(Reading.of(answer).body()).isEqualTo("a");
        }
    }

    @Test
    void aFileThatIsTooLongIsNotKept() throws IOException {
        write("a.txt", "a".repeat(HotFiles.LONGEST + 1));
        Answer answer = answer("/a.txt");
        assertThat(copy(answer)).isNotSameAs(copy(answer("/a.txt")));
        assertThat(Reading.of(answer).body()).hasSize(HotFiles.LONGEST + 1);
    }

    @Test
    void whatIsNotServedIsNotKept() throws IOException {
        for (String target : List.of("/none", "/.x", "/sub")) {
            assertThat(body(target)).startsWith("40");
            assertThat(body(target)).startsWith("40");
        }
    }

    private HotFiles.Entry entry(String target) {
        byte[] bytes = Decoding.bytes(target);
        Resource resource = new Resource(root.resolve("a"), 1, 1, new EntityTag(false, "\"a\""), "text/plain");
        return new HotFiles.Entry(
                bytes, resource, new Answer.Head(Status.OK).with(new Body.Small(bytes)), System.nanoTime());
    }

    private static HotFiles.Entry find(HotFiles files, String target) {
        byte[] bytes = Decoding.bytes("GET " + target + " ");
        return files.find(bytes, 4, bytes.length - 1);
    }

    @Test
    void anEntryIsFoundByTheVeryBytesOfItsTarget() {
        HotFiles files = new HotFiles(false);
        HotFiles.Entry entry = entry("/a");
        files.add(entry);
        assertThat(find(files, "/a")).isSameAs(entry);
        for (String other : List.of("/b", "/a/", "//a", "/", "", "/A", "/%61", "/aa")) {
            assertThat(find(files, other)).as(other).isNull();
        }
        files.remove(entry);
        assertThat(find(files, "/a")).isNull();
    }

    @Test
    void aNewEntryOfATargetReplacesTheOld() {
        HotFiles files = new HotFiles(false);
        HotFiles.Entry old = entry("/a");
        HotFiles.Entry young = entry("/a");
        files.add(old);
        files.add(young);
        assertThat(find(files, "/a")).isSameAs(young);
        files.remove(old);
        assertThat(find(files, "/a")).as("another thread's newer one stays").isSameAs(young);
    }

    @Test
    void thereAreAtMost1024Targets() {
        HotFiles files = new HotFiles(false);
        for (int i = 0; i < 5_000; i++) {
            files.add(entry("/" + i));
            assertThat(find(files, "/" + i)).as("the newest is there").isNotNull();
        }
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            found += find(files, "/" + i) == null ? 0 : 1;
        }
        assertThat(found).isBetween(512, 1_024);
    }

    @Test
    void contentHas64MiBUntilNobodyHoldsIt() {
        HotFiles files = new HotFiles(false);
        ByteBuffer[] held = new ByteBuffer[64];
        for (int i = 0; i < held.length; i++) {
            held[i] = files.allocate(1 << 20);
            assertThat(held[i]).isNotNull();
        }
        assertThat(files.allocate(1)).isNull();
        assertThat(held[0].capacity()).isEqualTo(1 << 20);
        for (int i = 0; i < held.length; i++) {
            held[i] = null;
        }
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (files.allocate(1 << 20) == null) {
            System.gc();
            assertThat(System.nanoTime()).as("deadline for the collector").isLessThan(deadline);
        }
    }

    @Test
    void withoutRoomTheEntriesThatNobodyAsksForAreDropped() {
        HotFiles files = new HotFiles(false);
        ByteBuffer all = files.allocate(64 << 20);
        files.add(entry("/a"));
        for (int i = 0; i < 5 && find(files, "/a") != null; i++) {
            // asked for, and passed over; not asked for, and dropped
            assertThat(files.allocate(1)).isNull();
            assertThat(files.allocate(1)).isNull();
        }
        assertThat(find(files, "/a")).isNull();
        assertThat(all.capacity()).isEqualTo(64 << 20);
    }
}
