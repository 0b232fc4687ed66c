package netlabs.selector;

import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.EchoServerStories;
import org.junit.jupiter.api.Nested;

/** The selector server with one loop and with several. */
class SelectorServerTest {
    private static SelectorServer start(int loops, ServerOptions options, MessageOptions messages, Console console) {
        SelectorServer server =
                new SelectorServer(new SelectorServer.Options(options, messages, loops, false), console);
        server.start();
        return server;
    }

    @Nested
    class OneLoop extends EchoServerStories {
        @Override
        protected SelectorServer start(ServerOptions options, MessageOptions messages, Console console) {
            return SelectorServerTest.start(1, options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "loop-1";
        }
    }

    @Nested
    class ThreeLoops extends EchoServerStories {
        @Override
        protected SelectorServer start(ServerOptions options, MessageOptions messages, Console console) {
            return SelectorServerTest.start(3, options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "loop-" + number;
        }
    }
}
