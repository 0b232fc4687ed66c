package netlabs.common.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpectedTranscriptTest {
    private static List<String> differences(String expected, String actual) {
        return new ExpectedTranscript(expected.getBytes(StandardCharsets.UTF_8))
                .differences(actual.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void placeholdersStandForWhatVaries() {
        assertThat(differences("at ('<ip>', <port>)\n", "at ('127.0.0.1', 59814)\n"))
                .isEmpty();
        assertThat(differences("at ('<ip>', <port>)\n", "at ('fe80::1%eth0', 1)\n"))
                .isEmpty();
        assertThat(differences("name is <host>\n", "name is vm-1.lab\n")).isEmpty();
        assertThat(differences("   <ms> <ms>\n", "      0.083  44.100\n")).isEmpty();
        assertThat(differences("because <text>\n", "because it is (so)\n")).isEmpty();
    }

    @Test
    void theyDoNotStandForAnything() {
        assertThat(differences("at ('<ip>', <port>)\n", "at ('127.0.0.1', 598140)\n"))
                .hasSize(1);
        assertThat(differences("name is <host>\n", "name is two words\n")).hasSize(1);
        assertThat(differences("<ms>\n", "12\n")).hasSize(1);
        assertThat(differences("a.c <port>\n", "abc 1\n")).hasSize(1);
        assertThat(differences("at <port>\n", "at <port>\n")).hasSize(1);
        assertThat(differences("why: <text>\n", "why: so")).hasSize(1);
        assertThat(differences("a", "a (no newline at the end)\n")).hasSize(1);
    }

    @Test
    void eachDifferingLineIsNamed() {
        assertThat(differences("a\nb\nc\n", "a\nx\n"))
                .containsExactly(
                        "line 2\n  expected: b\n  actual:   x", "line 3\n  expected: c\n  actual:   (nothing)");
    }

    @Test
    void blanksAndAMissingLastNewlineCount() {
        assertThat(differences("a\n", "a \n")).hasSize(1);
        assertThat(differences("a\n", "a")).singleElement().asString().contains("no newline");
        assertThat(differences("a\n", "a\n\n")).hasSize(1);
        assertThat(differences("", "")).isEmpty();
    }

    @Property
    void bytesEqualThemselvesOnly(@ForAll byte[] a, @ForAll byte[] b) {
        assertThat(new ExpectedTranscript(a).differences(a)).isEmpty();
        assertThat(new ExpectedTranscript(a).differences(b).isEmpty()).isEqualTo(java.util.Arrays.equals(a, b));
    }
}
