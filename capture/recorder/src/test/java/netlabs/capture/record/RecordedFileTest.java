package netlabs.capture.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import netlabs.common.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that grows while it is looked at, and one that could not grow. */
class RecordedFileTest {
    private static final int SNAPLEN = 262_144;
    private static final int HEADER_BYTES = 24;

    @Test
    void countsWholeRecordsOnlyAndEachOnce(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("a.pcap");
        try (RecordedFile file = new RecordedFile(path, SNAPLEN)) {
            assertThat(file.advance()).isTrue();
            assertThat(file.packets()).isZero();
            append(path, new byte[HEADER_BYTES]);
            append(path, record(1, 60));
            byte[] second = record(2, 100_000); // larger than the buffer
            append(path, java.util.Arrays.copyOf(second, 40));
            assertThat(file.advance()).isTrue();
            assertThat(file.packets()).isEqualTo(1);
            append(path, java.util.Arrays.copyOfRange(second, 40, second.length));
            append(path, record(3, 0));
            assertThat(file.advance()).isTrue();
            assertThat(file.packets()).isEqualTo(3);
            assertThat(file.latestMicros()).isEqualTo(3_000_007);
            assertThat(file.isCutOff()).isFalse();
        }
    }

    @Test
    void countsThoseSinceAMoment(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("a.pcap");
        try (RecordedFile file = new RecordedFile(path, SNAPLEN)) {
            file.countSince(2_000_007);
            append(path, new byte[HEADER_BYTES]);
            append(path, record(1, 60));
            append(path, record(2, 60));
            append(path, record(3, 60));
            file.advance();
            assertThat(file.packetsSince()).isEqualTo(2);
        }
    }

    @Test
    void seesThatAWriteInTheMiddleIsMissing(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("a.pcap");
        byte[] text = new byte[500];
        java.util.Arrays.fill(text, (byte) 'x');
        try (RecordedFile file = new RecordedFile(path, SNAPLEN)) {
            append(path, new byte[HEADER_BYTES]);
            append(path, record(1, 60));
            append(path, text);
            assertThat(file.advance()).isFalse();
            assertThat(file.cutBack()).isEqualTo("not all could be written");
        }
        assertThat(path).hasSize(HEADER_BYTES + 16 + 60);
    }

    @Property(tries = 50)
    void cutsBackToTheLastWholeRecordWhereverItEnds(
            @ForAll @Size(max = 20) List<@IntRange(max = 2_000) Integer> lengths,
            @ForAll @IntRange(max = 40_000) int cut)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(new byte[HEADER_BYTES]);
        int packets = 0;
        int whole = HEADER_BYTES;
        for (int length : lengths) {
            all.write(record(1, length));
            if (all.size() <= Math.max(cut, HEADER_BYTES)) {
                packets++;
                whole = all.size();
            }
        }
        int size = Math.min(all.size(), Math.max(cut, HEADER_BYTES));
        Path path = Files.createTempFile("netlabs", ".pcap");
        try {
            Files.write(path, java.util.Arrays.copyOf(all.toByteArray(), size));
            try (RecordedFile file = new RecordedFile(path, SNAPLEN)) {
                assertThat(file.advance()).isTrue();
                assertThat(file.packets()).isEqualTo(packets);
                assertThat(file.isCutOff()).isEqualTo(size > whole);
                file.cutBack();
            }
            assertThat(path).hasSize(whole);
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void wantsARegularFileThatCanBeWritten(@TempDir Path folder) {
        assertThatThrownBy(() -> new RecordedFile(folder, SNAPLEN))
                .isInstanceOf(LabException.class)
                .hasMessage("cannot write " + folder + ": it is not a regular file");
        Path missing = folder.resolve("no/a.pcap");
        assertThatThrownBy(() -> new RecordedFile(missing, SNAPLEN))
                .isInstanceOf(LabException.class)
                .hasMessage("cannot write " + missing + ": no such file or directory");
    }

    private static void append(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes, StandardOpenOption.APPEND);
    }

    /** A record of the given second, 7 microseconds past it. */
    private static byte[] record(int second, int length) {
        return ByteBuffer.allocate(16 + length)
                .order(ByteOrder.nativeOrder())
                .putInt(second)
                .putInt(7)
                .putInt(length)
                .putInt(length)
                .array();
    }
}
