package netlabs.bench.peers;

import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/** {@link NettyEcho} on Netty's native transport: epoll(7) without java.nio. Linux only. */
public final class NettyEpoll {
    private NettyEpoll() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyEcho.serve(args, EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }
}
