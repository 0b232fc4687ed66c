package netlabs.bench.peers;

/** {@link NettyEcho} on java.nio. */
public final class NettyNio {
    private NettyNio() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyServer.nio(args, NettyEcho::addTo);
    }
}
