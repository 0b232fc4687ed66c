package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"R2", "KALI", "x", "Ann Lee", "Zoë", "你好", "😀", "12345678901234567890123456789012"})
    void names(String name) {
        assertThat(ChatLine.isName(name)).isTrue();
        assertThat(ChatLine.nameIn(name + ": Hi: there")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " R2",
                "R2 ",
                "R:2",
                "*",
                "* R2",
                "R\n2",
                "R\u001b2",
                "R\u202e2",
                "R\u200b2",
                "\ud800",
                "123456789012345678901234567890123"
            })
    void noNames(String name) {
        assertThat(ChatLine.isName(name)).isFalse();
    }

    @Test
    void aNameInDisguiseIsStillThatName() {
        assertThat(ChatLine.nameIn(" R2\u200b : x")).isEqualTo("R2");
        assertThat(ChatLine.areAlike("R2", "r2")).isTrue();
        assertThat(ChatLine.areAlike("R2", "R1")).isFalse();
        assertThat(ChatLine.isListeners(" \u200b* ('10.0.3.3', 40436) left")).isTrue();
    }

    @Test
    void aLineWithoutName() {
        assertThat(ChatLine.nameIn("hello")).isNull();
        assertThat(ChatLine.nameIn(": hello")).isNull();
        assertThat(ChatLine.nameIn("a sentence of more than thirty-two characters: hello"))
                .isNull();
    }

    @Test
    void theBoundIsInBytes() {
        assertThat(ChatLine.fits("ä".repeat(ChatLine.MAX_LENGTH / 2))).isTrue();
        assertThat(ChatLine.fits("ä".repeat(ChatLine.MAX_LENGTH / 2) + "x")).isFalse();
    }
}
