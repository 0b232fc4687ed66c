package netlabs.common.console;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatSteersATerminalIsEscaped() {
        assertThat(Printable.escape("\033[31mred\033[0m")).isEqualTo("\\x1b[31mred\\x1b[0m");
        assertThat(Printable.escape("a\nb\rc\td\0e\u007f")).isEqualTo("a\\nb\\rc\\td\\x00e\\x7f");
        assertThat(Printable.escape("\u009b31m")).isEqualTo("\\x9b31m");
        assertThat(Printable.escape("\u202egnp.exe")).isEqualTo("\\u202egnp.exe");
        assertThat(Printable.escape("a\ud83d")).isEqualTo("a\\ud83d");
        assertThat(Printable.escape("\ude00b")).isEqualTo("\\ude00b");
    }

    @Test
    void whatAKeyboardTypesStaysAsItIs() {
        StringBuilder keyboard = new StringBuilder("naïve 😀 你好");
        for (char c = ' '; c <= '~'; c++) {
            keyboard.append(c);
        }
        assertThat(Printable.escape(keyboard.toString())).isEqualTo(keyboard.toString());
    }

    @Property
    void nothingUnsafeIsLeft(@ForAll @StringLength(max = 40) String text) {
        String escaped = Printable.escape(text);
        assertThat(escaped.chars()).allMatch(c -> !Character.isISOControl(c) && c != 0x2028 && c != 0x202e);
        assertThat(Printable.escape(escaped)).isEqualTo(escaped);
    }
}
