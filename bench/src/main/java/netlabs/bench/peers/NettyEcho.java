package netlabs.bench.peers;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Netty's own echo example without framing, its best case: what has been read is written, and flushed
 * when there is no more to read.
 */
@Sharable
class NettyEcho extends ChannelInboundHandlerAdapter {
    private static final NettyEcho ECHO = new NettyEcho();

    /** All that a client without framing needs. */
    static void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(ECHO);
    }

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
