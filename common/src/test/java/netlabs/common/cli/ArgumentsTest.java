package netlabs.common.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void theLastArgumentsOfTheProcessAreTheProgramsOwn() {
        byte[] cmdline = "java\0-jar\0x.jar\0client\0naïve 😀\0\0".getBytes(StandardCharsets.UTF_8);
        assertThat(Arguments.fromCommandLine(cmdline, new String[] {"client", "na????", ""}))
                .containsExactly("client", "naïve 😀", "");
    }

    @Test
    void aCommandLineThatIsTooShortIsNotBelieved() {
        String[] args = {"a?", "b"};
        assertThat(Arguments.fromCommandLine("x\0".getBytes(StandardCharsets.UTF_8), args))
                .isSameAs(args);
    }
}
