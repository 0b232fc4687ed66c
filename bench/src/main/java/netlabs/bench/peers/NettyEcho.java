package netlabs.bench.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;

/**
 * Netty's own echo example without framing, its best case, on one event loop: what has been read is
 * written, and flushed when there is no more to read.
 */
final class NettyEcho {
    private NettyEcho() {}

    /** Listens until the process is killed. */
    static void serve(String[] args, IoHandlerFactory transport, Class<? extends ServerChannel> channel)
            throws InterruptedException {
        Echo echo = new Echo();
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
                            client.pipeline().addLast(echo);
                        }
                    });
            Channel listener = bootstrap.bind(Peer.address(args)).sync().channel();
            Peer.ready(listener.localAddress());
            listener.closeFuture().sync();
        } finally {
            loop.shutdownGracefully();
        }
    }

    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object received) {
            context.write(received, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.err.println("error: " + cause.getMessage());
            context.close();
        }
    }
}
