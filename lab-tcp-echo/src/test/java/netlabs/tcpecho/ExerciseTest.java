package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExerciseTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HELLO,olleh",
                "'',''",
                " a B , b A ",
                "Madam In Eden,NEDe Ni MADAm",
                "straße,ESSARTS", // Unicode's full mapping, as Python's
                "İ,i\u0307",
                "ǅ,ǅ", // title case is neither upper nor lower
                "😀ab,BA😀",
                "𐐀𐐨,𐐀𐐨",
                "a1!~,~!1A"
            })
    void reverse(String message, String reply) {
        assertThat(new Reverse().reply(message)).isEqualTo(reply);
    }

    @Property
    void reversingTwiceGivesTheMessageBack(@ForAll @CharRange(from = ' ', to = '~') String message) {
        Reverse reverse = new Reverse();
        assertThat(reverse.reply(reverse.reply(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "123Ted 32is 343SECRET cool,Digits: 12332343 Count: 8",
        "SECRET,Digits: Count: 0",
        "1 secret 2,Secret code not found.",
        "12,Secret code not found.",
        "'',Secret code not found.",
        "xSECRETx0,Digits: 0 Count: 1",
        "SECRET ٣,Digits: Count: 0" // only the ten digits of ASCII
    })
    void secret(String message, String reply) {
        assertThat(new Secret().reply(message)).isEqualTo(reply);
    }

    @Test
    void theWordsOfASecretAreOneMessage() {
        assertThat(new Secret().messages(List.of("123Ted", "", "cool"))).containsExactly("123Ted  cool");
        assertThat(new Secret().messages(List.of())).isEmpty();
        assertThat(new Reverse().messages(List.of("a", "b"))).containsExactly("a", "b");
    }

    @Test
    void upper() {
        assertThat(new Upper().reply("hello, wörld ß")).isEqualTo("HELLO, WÖRLD SS");
    }

    @Test
    void echoGivesAnyBytesBack() {
        byte[] malformed = {(byte) 0xff, 0, 'a'};
        assertThat(new Echo().reply(malformed)).isEqualTo(malformed);
    }
}
