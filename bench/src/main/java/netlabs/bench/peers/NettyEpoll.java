package netlabs.bench.peers;

/** {@link NettyEcho} on Netty's native transport. Linux only. */
public final class NettyEpoll {
    private NettyEpoll() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyServer.epoll(args, NettyEcho::addTo);
    }
}
