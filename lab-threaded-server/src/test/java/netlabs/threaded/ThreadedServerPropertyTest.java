package netlabs.threaded;

import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;
import netlabs.common.testing.EchoServerProperties;

/** What holds for any bytes on the wire. */
class ThreadedServerPropertyTest extends EchoServerProperties {
    @Override
    protected Running start(ServerOptions options, MessageOptions messages, Console console) {
        ThreadedServer server =
                new ThreadedServer(new ThreadedServer.Options(options, messages, new ThreadModel.PerClient()), console);
        server.start();
        return new Running(server.address(), server::close);
    }
}
