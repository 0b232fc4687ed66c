package netlabs.threaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import netlabs.common.net.ThreadModel;
import netlabs.common.testing.EchoServerStories;
import netlabs.common.testing.TestConsole;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The threaded server with each of its models. */
class ThreadedServerTest {
    private static ThreadedServer start(
            ThreadModel model, ServerOptions options, MessageOptions messages, Console console) {
        ThreadedServer server = new ThreadedServer(new ThreadedServer.Options(options, messages, model), console);
        server.start();
        return server;
    }

    @Nested
    class PerClient extends EchoServerStories {
        @Override
        protected ThreadedServer start(ServerOptions options, MessageOptions messages, Console console) {
            return ThreadedServerTest.start(new ThreadModel.PerClient(), options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "thread-" + number;
        }
    }

    @Nested
    class Pool extends EchoServerStories {
        @Override
        protected ThreadedServer start(ServerOptions options, MessageOptions messages, Console console) {
            return ThreadedServerTest.start(new ThreadModel.Pool(500), options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "pool-" + number;
        }
    }

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21)
    class Virtual extends EchoServerStories {
        @Override
        protected ThreadedServer start(ServerOptions options, MessageOptions messages, Console console) {
            return ThreadedServerTest.start(new ThreadModel.Virtual(), options, messages, console);
        }

        @Override
        protected String thread(int number) {
            return "virtual-" + number;
        }
    }

    private static final ServerOptions LOOPBACK =
            new ServerOptions(InetAddress.getLoopbackAddress(), 0, 10, false, 0, false);

    @Test
    void aClientForWhichThePoolHasNoThreadWaitsForOne() throws Exception {
        TestConsole console = new TestConsole();
        try (ThreadedServer server = start(new ThreadModel.Pool(1), LOOPBACK, MessageOptions.AUTO, console.console())) {
            InetSocketAddress address = server.address();
            try (Wire first = Wire.connect(address).send("a\n").expect("a\n");
                    Wire second = Wire.connect(address).send("b\n")) {
                assertThat(server.awaitClients(2, 10_000)).isTrue();
                second.expectSilence(100);
                first.halfClose().expectEnd();
                second.expect("b\n");
                assertThat(console.out()).contains("[pool-1]: Connected: ('127.0.0.1', " + second.localPort() + ")\n");
            }
        }
    }

    @Test
    void closingAnswersAClientThatStillWaitsForAThread() throws Exception {
        TestConsole console = new TestConsole();
        ThreadedServer server = start(new ThreadModel.Pool(1), LOOPBACK, MessageOptions.AUTO, console.console());
        try (Wire first = Wire.connect(server.address()).send("a\n").expect("a\n");
                Wire second = Wire.connect(server.address()).send("b\n")) {
            assertThat(server.awaitClients(2, 10_000)).isTrue();
            Thread closing = new Thread(server::close);
            closing.start();
            first.expectEnd();
            second.expect("b\n").expectEnd();
            closing.join();
        }
        assertThat(console.err()).hasLineCount(1);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualThreadsOnAnOldJavaAreAClearError() {
        try (ThreadedServer server = new ThreadedServer(
                new ThreadedServer.Options(LOOPBACK, MessageOptions.AUTO, new ThreadModel.Virtual()),
                new TestConsole().console())) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(LabException.class)
                    .hasMessageStartingWith("virtual threads need Java 21 or newer, and this is Java ");
        }
    }
}
