package netlabs.bench.peers;

/** {@link NettyFrames} on Netty's native transport. Linux only. */
public final class NettyFramesEpoll {
    private NettyFramesEpoll() {}

    /** Listens on the port {@code args[0]} for frames of the kind {@code args[1]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyServer.epoll(args, NettyFrames.of(args[1]));
    }
}
