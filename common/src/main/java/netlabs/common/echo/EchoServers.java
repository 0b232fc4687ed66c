package netlabs.common.echo;

import java.net.InetSocketAddress;
import netlabs.common.console.Console;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.Model.CommandSpec;

/** What a lab brings to {@code server} and {@code demo}: its server, and the options that only it has. */
public interface EchoServers {
    /** A server that is bound: clients can connect, and wait. */
    interface Server extends AutoCloseable {
        /**
         * Prints the ready line and starts serving.
         *
         * @throws netlabs.common.LabException if the system does not give what it takes
         */
        void start();

        /**
         * @return where it listens
         */
        InetSocketAddress address();

        /**
         * Waits until {@code count} clients are connected.
         *
         * @return false if they are not within {@code millis}
         */
        boolean awaitClients(int count, int millis) throws InterruptedException;

        /**
         * Waits until it has ended.
         *
         * @throws netlabs.common.LabException if it could not go on
         */
        void await() throws InterruptedException;

        /** Answers what has arrived, and ends. */
        @Override
        void close();
    }

    /** Adds the lab's own options. */
    void define(CommandSpec spec);

    /**
     * Binds a server by the lab's own options in {@code parsed} and the common ones.
     *
     * @throws netlabs.common.LabException if the port cannot be had
     */
    Server bind(CommandSpec parsed, ServerOptions options, MessageOptions messages, Console console);
}
