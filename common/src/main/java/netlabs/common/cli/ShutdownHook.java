package netlabs.common.cli;

import netlabs.common.console.Diagnostics;

/**
 * Closes a server in order when the process is told to end: Ctrl-C (SIGINT) or SIGTERM. The JVM
 * then exits with 130 or 143, as shells expect of a process that a signal ended.
 */
public final class ShutdownHook {
    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    /**
     * @param server its close returns when everything has been written
     */
    public static ShutdownHook closing(AutoCloseable server, Diagnostics diagnostics) {
        Thread thread = new Thread("shutdown") {
            @Override
            public void run() {
                try {
                    server.close();
                } catch (Exception e) {
                    diagnostics.error("while shutting down: " + e.getMessage(), e);
                }
            }
        };
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            thread.run(); // the process is being ended already
        }
        return new ShutdownHook(thread);
    }

    /**
     * Takes the hook back: the server has ended by itself.
     *
     * @return false if the process is being ended: the hook is running, and that is what it is for
     */
    public boolean remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
