package netlabs.bench.peers;

import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** {@link NettyEcho} on java.nio. */
public final class NettyNio {
    private NettyNio() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        NettyEcho.serve(args, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
