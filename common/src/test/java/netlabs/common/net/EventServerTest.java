package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import netlabs.common.LabException;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler can do to its loop. */
@Timeout(20)
class EventServerTest {
    private final TestConsole console = new TestConsole();

    /** Sends back what it gets, but for what makes it fail. */
    private record Handler(EventConnection client) implements EventHandler {
        @Override
        public void received(ByteBuffer bytes) {
            switch (bytes.get(bytes.position())) {
                case 'x' -> throw new IllegalStateException("a bug");
                case 'm' -> throw new OutOfMemoryError("too little");
                case 'f' -> throw new LabException("the server cannot go on");
                default -> client.send(bytes, Ending.NONE);
            }
        }

        @Override
        public boolean awaitsQuiet() {
            return false;
        }

        @Override
        public void quiet() {}

        @Override
        public void ended() {}

        @Override
        public void closed() {}
    }

    private EventServer start() {
        ServerOptions options = new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);
        EventServer server = EventServer.bind(options, console.console().err());
        server.start(Handler::new, 1, 0, null);
        return server;
    }

    /** It is said, that client is reset, and the others are served on. */
    @Test
    void aBugThatOneClientMeetsEndsThatClient() throws Exception {
        try (EventServer server = start();
                Wire first = Wire.connect(server.address());
                Wire second = Wire.connect(server.address());
                Wire third = Wire.connect(server.address())) {
            third.send("a").expect("a");
            first.send("x").expectGone();
            console.awaitErr(" failed: internal error: java.lang.IllegalStateException: a bug\n");
            second.send("m").expectGone();
            console.awaitErr(" failed: no memory: too little\n");
            third.send("b").expect("b");
        }
    }

    @Test
    void whatTheServerCannotSurviveEndsIt() throws Exception {
        try (EventServer server = start();
                Wire client = Wire.connect(server.address())) {
            client.send("f").expectGone();
            assertThatThrownBy(server::await).isInstanceOf(LabException.class);
        }
    }
}
