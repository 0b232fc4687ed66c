package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import netlabs.common.net.MalformedMessageException;

/** What holds for all offers and answers, and for any bytes in their place. */
class HeaderCodecPropertyTest {
    @Property
    void anOfferIsWhatWasOffered(
            @ForAll @From("names") String name,
            @ForAll @LongRange(max = Long.MAX_VALUE) long size,
            @ForAll boolean resume,
            @ForAll boolean digest)
            throws Exception {
        Offer offer = new Offer(name, size, resume, digest);
        ByteBuffer bytes = offer.encode();
        int length = Offer.nameLength(bytes);
        assertThat(bytes.remaining()).isEqualTo(Offer.HEAD_BYTES + length);
        assertThat(Offer.of(bytes, bytes.slice(Offer.HEAD_BYTES, length))).isEqualTo(offer);
    }

    @Property
    void anAnswerIsWhatWasAnswered(
            @ForAll Status status,
            @ForAll @From("names") String text,
            @ForAll @LongRange(max = Long.MAX_VALUE) long offset,
            @ForAll @Size(32) byte[] digest)
            throws Exception {
        Answer answer = new Answer(status, text, offset, offset == 0 ? new byte[0] : digest);
        ByteBuffer bytes = answer.encode();
        int rest = Answer.restLength(bytes);
        assertThat(bytes.remaining()).isEqualTo(Answer.HEAD_BYTES + rest);
        Answer got = Answer.of(bytes, bytes.slice(Answer.HEAD_BYTES, rest));
        assertThat(got.status()).isEqualTo(status);
        assertThat(got.text()).isEqualTo(text);
        assertThat(got.offset()).isEqualTo(offset);
        assertThat(got.digest()).isEqualTo(answer.digest());
    }

    @Property
    void anyBytesAreAnOfferOrMalformed(@ForAll @Size(16) byte[] head, @ForAll boolean almost) {
        if (almost) {
            System.arraycopy(new byte[] {'N', 'L', 'F', 'T', 1}, 0, head, 0, 5);
        }
        try {
            int length = Offer.nameLength(ByteBuffer.wrap(head));
            assertThat(length).isBetween(1, Offer.MAX_NAME_BYTES);
            Offer offer = Offer.of(ByteBuffer.wrap(head), ByteBuffer.wrap(Arrays.copyOf(head, length)));
            assertThat(offer.size()).isNotNegative();
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s)(header|name|size) .*");
        }
    }

    @Property
    void anyBytesAreAnAnswerOrMalformed(@ForAll @Size(12) byte[] head, @ForAll boolean almost) {
        if (almost) {
            head[0] &= 7;
            head[1] = 0;
            head[2] &= 3;
        }
        try {
            int rest = Answer.restLength(ByteBuffer.wrap(head));
            assertThat(rest).isBetween(0, 1024 + Digest.BYTES);
            Answer.of(ByteBuffer.wrap(head), ByteBuffer.wrap(new byte[rest]));
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageStartingWith("reply ");
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u07ff')
                .withChars('你', '✓')
                .ofMinLength(1)
                .ofMaxLength(340);
    }
}
