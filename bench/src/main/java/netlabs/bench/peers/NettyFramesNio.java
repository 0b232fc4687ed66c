package netlabs.bench.peers;

/** {@link NettyFrames} on java.nio. */
public final class NettyFramesNio {
    private NettyFramesNio() {}

    /** Listens on the port {@code args[0]} for frames of the kind {@code args[1]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyServer.nio(args, NettyFrames.of(args[1]));
    }
}
