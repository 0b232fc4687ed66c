package netlabs.tcpecho;

import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.testing.EchoServerProperties;

/** The echo of the iterative server: the same replies as those of the threaded and the selector server. */
class EchoPropertyTest extends EchoServerProperties {
    @Override
    protected Running start(ServerOptions options, MessageOptions messages, Console console) {
        TcpEchoServer server =
                TcpEchoServer.start(new Echo(), new TcpEchoServer.Options(options, messages, null), console);
        return new Running(server.address(), server::close);
    }
}
