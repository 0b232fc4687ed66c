package netlabs.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import netlabs.common.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
    private static final int MICROSECONDS = 0xa1b2_c3d4;
    private static final int NANOSECONDS = 0xa1b2_3c4d;
    private static final byte[] HELLO = "HELLO".getBytes(StandardCharsets.UTF_8);

    /** What a reader finds, a text for each packet. */
    static List<String> packets(byte[] file) throws IOException {
        try (CaptureReader reader = CaptureReader.of(file)) {
            List<String> packets = new ArrayList<>();
            while (reader.next()) {
                packets.add(packet(reader));
            }
            return packets;
        }
    }

    static String packet(CaptureReader reader) {
        byte[] bytes = Arrays.copyOfRange(reader.bytes(), reader.at(), reader.at() + reader.capturedLength());
        String time = reader.hasTime() ? " at " + reader.timeNanos() : " without a time";
        return reader.number() + " link " + reader.linkType() + time + " length " + reader.length() + ": "
                + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static CaptureBytes little() {
        return CaptureBytes.in(ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertMalformed(byte[] file, long offset, String fault) {
        assertThatThrownBy(() -> packets(file))
                .isInstanceOfSatisfying(
                        MalformedCaptureException.class,
                        e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining(fault)
                .hasMessageEndingWith("at byte " + offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void pcapOfEitherByteOrderAndResolution(String name) throws IOException {
        ByteOrder order = name.startsWith("LITTLE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

        assertThat(packets(CaptureBytes.in(order)
                        .pcap(MICROSECONDS, 276)
                        .record(1, 500_000, 60, HELLO)
                        .record(2, 7, 5, HELLO)
                        .toBytes()))
                .containsExactly(
                        "1 link 276 at 1500000000 length 60: HELLO", "2 link 276 at 2000007000 length 5: HELLO");
        assertThat(packets(CaptureBytes.in(order)
                        .pcap(NANOSECONDS, 1)
                        .record(1, 500_000_001, 5, HELLO)
                        .toBytes()))
                .containsExactly("1 link 1 at 1500000001 length 5: HELLO");
    }

    @Test
    void secondsAreWithoutSign() throws IOException {
        assertThat(packets(
                        little().pcap(MICROSECONDS, 1).record(-1, 0, 5, HELLO).toBytes()))
                .containsExactly("1 link 1 at 4294967295000000000 length 5: HELLO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void pcapngOfEitherByteOrder(String name) throws IOException {
        ByteOrder order = name.startsWith("LITTLE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        CaptureBytes file = CaptureBytes.in(order)
                .section()
                .description(1, 0, 9, (byte) 9)
                .description(276, 0, 9, (byte) 3)
                .packet(0, 1_500_000_001L, 5, HELLO)
                .packet(1, 1_500L, 99, HELLO);

        assertThat(packets(file.toBytes()))
                .containsExactly("1 link 1 at 1500000001 length 5: HELLO", "2 link 276 at 1500000000 length 99: HELLO");
    }

    @Test
    void unitsOfTimeStampsOfAnInterface() throws IOException {
        CaptureBytes file = little().section()
                .description(1, 0, 2, HELLO) // its name: microseconds, then
                .description(1, 0, 9, (byte) 0) // seconds
                .description(1, 0, 9, (byte) 12)
                .description(1, 0, 9, (byte) (0x80 | 10)) // 1/1024 s
                .description(1, 0, 14, new byte[] {2, 0, 0, 0, 0, 0, 0, 0}) // two seconds to add
                .packet(0, 1_500_000, 5, HELLO)
                .packet(1, 3, 5, HELLO)
                .packet(2, 1_500_000_000_999L, 5, HELLO)
                .packet(3, 1024 + 512, 5, HELLO)
                .packet(4, 1_000_000, 5, HELLO);

        assertThat(packets(file.toBytes()))
                .extracting(packet -> packet.replaceAll(".* at (\\d+) .*", "$1"))
                .containsExactly("1500000000", "3000000000", "1500000000", "1500000000", "3000000000");
    }

    @Test
    void everySectionHasInterfacesOfItsOwn() throws IOException {
        CaptureBytes file = little().section()
                .description(1, 0, 0)
                .packet(0, 1, 5, HELLO)
                .raw(CaptureBytes.in(ByteOrder.BIG_ENDIAN)
                        .section()
                        .description(101, 0, 0)
                        .packet(0, 2, 5, HELLO)
                        .toBytes());

        assertThat(packets(file.toBytes()))
                .containsExactly("1 link 1 at 1000 length 5: HELLO", "2 link 101 at 2000 length 5: HELLO");
        assertMalformed(little().section().packet(0, 1, 5, HELLO).toBytes(), 28, "a packet of interface 0");
    }

    @Test
    void simplePacketsAndThoseOfTheOlderForm() throws IOException {
        CaptureBytes file = little().section()
                .description(1, 5, 0)
                .block(3, little().int32(9).raw(HELLO)) // cut to the 5 bytes that the interface keeps
                .block(
                        2,
                        little().int16(0)
                                .int16(7)
                                .int32(0)
                                .int32(42)
                                .int32(5)
                                .int32(9)
                                .raw(HELLO));

        assertThat(packets(file.toBytes()))
                .containsExactly("1 link 1 without a time length 9: HELLO", "2 link 1 at 42000 length 9: HELLO");
    }

    @Test
    void otherBlocksAreReadOver() throws IOException {
        CaptureBytes file = little().section()
                .block(4, little().int32(0))
                .description(1, 0, 0)
                .block(5, little().raw(new byte[3_000_000]))
                .packet(0, 1, 5, HELLO);

        assertThat(packets(file.toBytes())).containsExactly("1 link 1 at 1000 length 5: HELLO");
    }

    @Test
    void whatIsNoCapture() {
        assertMalformed(new byte[0], 0, "an empty file");
        assertMalformed("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII), 0, "not a capture file");
        assertMalformed(new byte[] {1, 2}, 0, "not a capture file");
    }

    @Test
    void lengthsThatLie() {
        byte[] none = {};
        assertMalformed(
                little().pcap(MICROSECONDS, 1)
                        .int32(0)
                        .int32(0)
                        .int32(-1)
                        .int32(5)
                        .toBytes(),
                24,
                "a packet of 4294967295 bytes");
        assertMalformed(
                little().pcap(MICROSECONDS, 1)
                        .int32(0)
                        .int32(0)
                        .int32(262_145)
                        .int32(5)
                        .toBytes(),
                24,
                "more than 262144");
        assertMalformed(little().section().int32(6).int32(0).int32(0).toBytes(), 32, "a block of 0 bytes");
        assertMalformed(
                little().section().int32(9).int32(-4).int32(0).toBytes(), 28, "ends within a block of 4294967292");
        assertMalformed(little().section().int32(9).int32(13).raw(HELLO).toBytes(), 32, "a block of 13 bytes");
        assertMalformed(
                little().section()
                        .description(1, 0, 0)
                        .block(6, little().raw(none))
                        .toBytes(),
                56,
                "too short for");
        assertMalformed(little().section().int32(9).int32(12).int32(16).toBytes(), 36, "whose end says 16 bytes");
        assertMalformed(
                little().section()
                        .block(1, little().int32(1).int32(0).int16(9).int16(200))
                        .toBytes(),
                44,
                "an option of 200 bytes");
        assertMalformed(little().section().description(1, 0, 9, (byte) 28).toBytes(), 44, "time stamps of a unit");
    }

    @Test
    void aFileThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("no.pcap")))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("no.pcap: no such file or directory");
        assertThatThrownBy(() -> CaptureReader.open(folder))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("is a folder, not a capture file");
    }
}
