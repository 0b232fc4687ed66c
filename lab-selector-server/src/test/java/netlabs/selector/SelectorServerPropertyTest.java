package netlabs.selector;

import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.EchoServerProperties;

/** What holds for any bytes on the wire. */
class SelectorServerPropertyTest extends EchoServerProperties {
    @Override
    protected Running start(ServerOptions options, MessageOptions messages, Console console) {
        SelectorServer server = new SelectorServer(new SelectorServer.Options(options, messages, 2, false), console);
        server.start();
        return new Running(server.address(), server::close);
    }
}
