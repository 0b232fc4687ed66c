package netlabs.common.net;

/** What a client is told, and the user, when {@code --max-clients} are connected already. */
final class ServerFull {
    private ServerFull() {}

    /**
     * @return {@code the server is full, 2 clients are connected}
     */
    static String text(int maxClients) {
        return "the server is full, " + maxClients + (maxClients == 1 ? " client is" : " clients are") + " connected";
    }

    /** The line that a text server sends before it closes: {@code error: the server is full, ...} */
    static String line(int maxClients) {
        return "error: " + text(maxClients) + "\n";
    }
}
