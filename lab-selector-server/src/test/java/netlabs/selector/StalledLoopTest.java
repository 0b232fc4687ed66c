package netlabs.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.StallingTerminal;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop stands still for longer than a time limit, because nobody reads what it prints (Ctrl-S). */
@Timeout(20)
class StalledLoopTest {
    private static final int QUIET_MILLIS = 300;

    private final StallingTerminal terminal = new StallingTerminal();

    @Test
    void bytesThatCameInTimeAreNotCutOffBecauseTheLoopWasLate() throws Exception {
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (SelectorServer server = new SelectorServer(
                new SelectorServer.Options(options, new MessageOptions(Framing.AUTO, QUIET_MILLIS), 1, false),
                terminal.console())) {
            server.start();
            try (Wire victim = Wire.connect(server.address());
                    Wire other = Wire.connect(server.address())) {
                other.send("first\n").expect("first\n");
                victim.send("HEL");
                other.send("second\n").expect("second\n"); // a turn later: HEL has been read
                other.send("stall\n");
                terminal.awaitStalled();
                victim.send("LO\n");
                terminal.goOnAfter(2 * QUIET_MILLIS);
                victim.expect("HELLO\n");
                assertThat(terminal.printed()).contains(": HELLO\n");
            } finally {
                terminal.goOn();
            }
        }
    }
}
