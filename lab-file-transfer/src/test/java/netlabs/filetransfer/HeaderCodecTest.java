package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import netlabs.common.net.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of offers and answers, and what is none of either. */
class HeaderCodecTest {
    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes.array(), 0, bytes.limit());
    }

    @Test
    void anOfferOnTheWire() throws Exception {
        Offer offer = new Offer("é.x", 0x0102030405060708L, true, true);
        assertThat(hex(offer.encode())).isEqualTo("4e4c4654" + "01" + "03" + "0004" + "0102030405060708" + "c3a92e78");
        assertThat(hex(new Offer("a", 0, false, false).encode()))
                .isEqualTo("4e4c4654" + "01" + "00" + "0001" + "0000000000000000" + "61");
        assertThat(hex(new Offer("a", 0, true, false).encode())).contains("4e4c46540101");
        assertThat(hex(new Offer("a", 0, false, true).encode())).contains("4e4c46540102");
    }

    @Test
    void anAnswerOnTheWire() {
        assertThat(hex(Answer.YES.encode())).isEqualTo("00" + "00" + "0000" + "0000000000000000");
        assertThat(hex(Answer.WAIT.encode())).isEqualTo("01" + "00" + "0000" + "0000000000000000");
        assertThat(hex(Answer.no(Status.EXISTS, "no").encode()))
                .isEqualTo("04" + "00" + "0002" + "0000000000000000" + "6e6f");
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 0xab);
        assertThat(hex(Answer.from(258, digest).encode()))
                .isEqualTo("00" + "00" + "0000" + "0000000000000102" + "ab".repeat(32));
    }

    /** The numbers are the wire's: a status that is put in between would change those behind it. */
    @Test
    void theNumbersOfTheStatuses() {
        assertThat(Status.values())
                .containsExactly(
                        Status.OK,
                        Status.WORKING,
                        Status.MALFORMED,
                        Status.BAD_NAME,
                        Status.EXISTS,
                        Status.BUSY,
                        Status.TOO_LARGE,
                        Status.NO_SPACE,
                        Status.NOT_WRITABLE,
                        Status.DAMAGED,
                        Status.STALLED,
                        Status.ENDING,
                        Status.FULL);
        assertThat(Status.of(13)).isNull();
        assertThat(Status.of(255)).isNull();
        assertThat(Arrays.stream(Status.values()).filter(Status::endsConnection))
                .containsExactly(Status.MALFORMED, Status.STALLED, Status.ENDING, Status.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "4e4c4655 01 00 0001 0000000000000000, does not begin with NLFT but with 4e4c4655",
        "48545450 01 00 0001 0000000000000000, a server with --raw",
        "4e4c4654 00 00 0001 0000000000000000, version 0",
        "4e4c4654 02 00 0001 0000000000000000, 'version 2, this is 1'",
        "4e4c4654 ff 00 0001 0000000000000000, version 255",
        "4e4c4654 01 04 0001 0000000000000000, unknown flags 04",
        "4e4c4654 01 83 0001 0000000000000000, unknown flags 83",
        "4e4c4654 01 00 0000 0000000000000000, name of 0 bytes",
        "4e4c4654 01 00 0401 0000000000000000, name of 1025 bytes",
        "4e4c4654 01 00 ffff 0000000000000000, name of 65535 bytes",
        "4e4c4654 01 00 0001 8000000000000000, size of 9223372036854775808 bytes",
        "4e4c4654 01 00 0001 ffffffffffffffff, size of 18446744073709551615 bytes",
    })
    void whatIsNoOffer(String head, String why) {
        assertThatThrownBy(() -> Offer.nameLength(hex(head)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c3 28", "ed a0 80", "f8 88 80 80 80", "c0 80", "61 80"})
    void aNameThatIsNotUtf8(String name) throws Exception {
        ByteBuffer head = hex("4e4c4654 01 00 0001 0000000000000000");
        assertThatThrownBy(() -> Offer.of(head, hex(name)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("name that is not UTF-8");
    }

    @Test
    void theLargestOffer() throws Exception {
        Offer offer = new Offer("x".repeat(1024), Long.MAX_VALUE, false, true);
        ByteBuffer bytes = offer.encode();
        assertThat(Offer.nameLength(bytes)).isEqualTo(1024);
        assertThat(Offer.of(bytes, bytes.slice(Offer.HEAD_BYTES, 1024))).isEqualTo(offer);
        assertThatThrownBy(() -> new Offer("x".repeat(1025), 1, false, true).encode())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Offer("", 1, false, true).encode()).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d 00 0000 0000000000000000",
                "ff 00 0000 0000000000000000",
                "00 01 0000 0000000000000000",
                "00 00 0401 0000000000000000",
                "00 00 0000 8000000000000000",
                "48 54 5450 2f312e3120323030" // HTTP/1.1 200
            })
    void whatIsNoAnswer(String head) {
        assertThatThrownBy(() -> Answer.restLength(hex(head)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("reply that is none of this protocol");
    }

    @Test
    void aTextThatIsTooLongIsCut() throws Exception {
        ByteBuffer bytes = Answer.no(Status.NOT_WRITABLE, "é".repeat(2_000)).encode();
        int rest = Answer.restLength(bytes);
        assertThat(rest).isEqualTo(1024);
        assertThat(Answer.of(bytes, bytes.slice(Answer.HEAD_BYTES, rest)).text())
                .isEqualTo("é".repeat(512));
    }
}
