package netlabs.bench.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.function.Consumer;

/** A TCP server of Netty's on one event loop. Each method listens until the process is killed. */
final class NettyServer {
    private NettyServer() {}

    /**
     * On java.nio.
     *
     * @param handlers adds what serves one client to its pipeline
     */
    static void nio(String[] args, Consumer<ChannelPipeline> handlers) throws InterruptedException {
        serve(args, NioIoHandler.newFactory(), NioServerSocketChannel.class, handlers);
    }

    /** As {@link #nio} on Netty's native transport: epoll(7) without java.nio. Linux only. */
    static void epoll(String[] args, Consumer<ChannelPipeline> handlers) throws InterruptedException {
        serve(args, EpollIoHandler.newFactory(), EpollServerSocketChannel.class, handlers);
    }

    private static void serve(
            String[] args,
            IoHandlerFactory transport,
            Class<? extends ServerChannel> channel,
            Consumer<ChannelPipeline> handlers)
            throws InterruptedException {
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport);
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loop)
                    .channel(channel)
                    .option(ChannelOption.SO_BACKLOG, Peer.BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel client) {
                            handlers.accept(client.pipeline());
                        }
                    });
            Channel listener = bootstrap.bind(Peer.address(args)).sync().channel();
            Peer.ready(listener.localAddress());
            listener.closeFuture().sync();
        } finally {
            loop.shutdownGracefully();
        }
    }
}
