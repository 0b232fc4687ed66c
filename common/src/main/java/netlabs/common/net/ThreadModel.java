package netlabs.common.net;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import netlabs.common.LabException;

/** Which thread serves a client of a blocking server. */
public sealed interface ThreadModel {
    /** The acceptor itself: one client at a time, the others wait in the kernel's queue. */
    record Iterative() implements ThreadModel {
        @Override
        public Workers start() {
            return new Workers() {
                @Override
                public void execute(Runnable client) {
                    client.run();
                }

                @Override
                public void close() {}
            };
        }
    }

    /** A new thread for each client: {@code thread-1}, {@code thread-2}, ... */
    record PerClient() implements ThreadModel {
        @Override
        public Workers start() {
            return eachInAThreadOf(numbered("thread-"));
        }
    }

    /**
     * {@code size} threads, {@code pool-1}, {@code pool-2}, ...; a client for which none is free has
     * been accepted, but is not served until another one has left.
     *
     * @param size the number of threads, at least 1
     */
    record Pool(int size) implements ThreadModel {
        @Override
        public Workers start() {
            // The queue has no bound of its own: the acceptor lets no more clients in than it may.
            ExecutorService pool = Executors.newFixedThreadPool(size, numbered("pool-"));
            return new Workers() {
                @Override
                public void execute(Runnable client) {
                    pool.execute(client);
                }

                @Override
                public void close() {
                    pool.shutdown();
                }
            };
        }
    }

    /**
     * A new virtual thread for each client, {@code virtual-1}, {@code virtual-2}, ... (JEP 444). Needs
     * Java 21: its methods are called by reflection, so that the class loads on 17 as well.
     */
    record Virtual() implements ThreadModel {
        @Override
        public Workers start() {
            try {
                Object builder = builder();
                Class<?> type = Class.forName("java.lang.Thread$Builder");
                Method name = type.getMethod("name", String.class, long.class);
                Method factory = type.getMethod("factory");
                prepare((ThreadFactory) factory.invoke(builder));
                return eachInAThreadOf((ThreadFactory) factory.invoke(name.invoke(builder, "virtual-", 1L)));
            } catch (ReflectiveOperationException e) {
                throw missing(e);
            }
        }

        @Override
        public void check() {
            builder();
        }

        private static Object builder() {
            try {
                return Thread.class.getMethod("ofVirtual").invoke(null);
            } catch (ReflectiveOperationException | UnsupportedOperationException e) {
                throw missing(e);
            }
        }

        private static LabException missing(Exception e) {
            return new LabException(
                    "virtual threads need Java 21 or newer, and this is Java "
                            + Runtime.version().feature()
                            + " - take --model thread",
                    e);
        }

        /**
         * Has one of them wait for a socket: what Java waits with needs descriptors of its own, and where clients have
         * taken all of them by then, no virtual thread can ever wait.
         */
        private static void prepare(ThreadFactory threads) {
            threads.newThread(() -> {
                        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                            nobody.setSoTimeout(1);
                            nobody.accept().close();
                        } catch (IOException e) {
                            return; // nobody has come; or there is no descriptor now, and what needs one says so
                        }
                    })
                    .start();
        }
    }

    /** The threads of a running server. */
    interface Workers extends AutoCloseable {
        /**
         * Runs {@code client} now, or as soon as a thread is free.
         *
         * @throws OutOfMemoryError if the system has no thread left
         */
        void execute(Runnable client);

        /** Lets the threads end once their clients have left. Does not wait for them. */
        @Override
        void close();
    }

    /**
     * Finds out, before anything is promised, whether there are such threads.
     *
     * @throws LabException if this Java has none
     */
    default void check() {}

    /**
     * @return the threads for one server
     * @throws LabException if this Java has no such threads
     */
    Workers start();

    private static Workers eachInAThreadOf(ThreadFactory threads) {
        return new Workers() {
            @Override
            public void execute(Runnable client) {
                threads.newThread(client).start();
            }

            @Override
            public void close() {}
        };
    }

    /** Only one thread, the acceptor, asks for new ones. */
    private static ThreadFactory numbered(String prefix) {
        return new ThreadFactory() {
            private int last;

            @Override
            public Thread newThread(Runnable task) {
                last++;
                return new Thread(task, prefix + last);
            }
        };
    }
}
