package netlabs.bench.peers;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;

/** Datagrams back in upper case on Netty's native transport, one event loop. Linux only. */
public final class NettyDatagrams {
    private NettyDatagrams() {}

    /** Listens on the port {@code args[0]} until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(EpollDatagramChannel.class)
                    .handler(new Upper());
            Channel socket = bootstrap.bind(Peer.address(args)).sync().channel();
            Peer.ready(socket.localAddress());
            socket.closeFuture().sync();
        } finally {
            loop.shutdownGracefully();
        }
    }

    private static final class Upper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object received) {
            DatagramPacket packet = (DatagramPacket) received;
            ByteBuf text = packet.content();
            for (int i = text.readerIndex(); i < text.writerIndex(); i++) {
                text.setByte(i, UpperCase.of(text.getByte(i)));
            }
            context.write(new DatagramPacket(text, packet.sender()), context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.err.println("error: " + cause.getMessage());
        }
    }
}
