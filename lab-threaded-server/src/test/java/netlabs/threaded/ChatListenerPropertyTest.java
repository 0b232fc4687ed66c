package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.Wire;

/** What holds for any bytes that a participant may send. */
class ChatListenerPropertyTest {
    @Property(tries = 150)
    void othersGetCompleteHarmlessLinesOfAnyGarbageAndTheListenerGoesOn(@ForAll @From("garbage") byte[] garbage)
            throws Exception {
        ChatTestScreen r2 = new ChatTestScreen("R2");
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        try (ChatListener listener = ChatListener.bind(new ChatListener.Options(options, "R2"), r2)) {
            listener.start();
            try (Wire other = Wire.connect(listener.address());
                    Wire hostile = Wire.connect(listener.address())) {
                r2.console().awaitOut(other.localPort() + ") joined\n");
                hostile.send(garbage).halfClose().expectGone();
                r2.typeLine("\u0001done"); // never sent by a participant: it would have been escaped
                String got = "";
                while (!got.endsWith("R2: \u0001done\n")) {
                    got += other.read(8192);
                }
                String lines = got.substring(0, got.length() - "R2: \u0001done\n".length());
                assertThat(lines.replace("\n", "").chars()).noneMatch(Character::isISOControl);
                assertThat(lines).doesNotContain("\u202e", "\u2028").matches("(?s)|.*\n");
                assertThat(lines.lines()).noneMatch(line -> line.startsWith("R2:") || line.startsWith("*"));
            }
        }
        assertThat(r2.console().err()).doesNotContain("error", "\tat ");
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> text = Arbitraries.of(
                        "R2: ", "* ", "\n", "\r\n", "\u001b[2J", "\u202e", "x", ":", "\u2028", "é")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(bytes, text);
    }
}
