package netlabs.bench.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.function.Consumer;

/**
 * The frames of LABS.md §5 behind Netty's own frame decoders: the header's fields are read and
 * checked, and the frame is written as it came, which is less than a server has to do that makes a
 * text of it.
 */
@Sharable
final class NettyFrames extends NettyEcho {
    private static final int VERSION = 1;
    private static final int SIZE_AT = 5;
    private static final int SIZE_BYTES = 4;
    private static final int HEADER_BYTES = SIZE_AT + SIZE_BYTES;
    private static final int FIXED_TEXT_BYTES = 20;
    private static final int MAX_FRAME_BYTES = HEADER_BYTES + (1 << 20);

    private final int maxSize;

    private NettyFrames(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * @param kind fixed or variable
     * @return what adds the handlers of one client to its pipeline
     */
    static Consumer<ChannelPipeline> of(String kind) {
        return switch (kind) {
            case "fixed" -> {
                NettyFrames frames = new NettyFrames(FIXED_TEXT_BYTES);
                yield pipeline ->
                        pipeline.addLast(new FixedLengthFrameDecoder(HEADER_BYTES + FIXED_TEXT_BYTES), frames);
            }
            case "variable" -> {
                NettyFrames frames = new NettyFrames(MAX_FRAME_BYTES - HEADER_BYTES);
                yield pipeline -> pipeline.addLast(
                        new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, SIZE_AT, SIZE_BYTES), frames);
            }
            default -> throw new IllegalArgumentException("fixed or variable, not " + kind);
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        ByteBuf frame = (ByteBuf) received;
        int start = frame.readerIndex();
        byte version = frame.getByte(start);
        long order = frame.getUnsignedInt(start + 1);
        long size = frame.getUnsignedInt(start + SIZE_AT);
        if (version != VERSION || size > maxSize) {
            frame.release();
            throw new CorruptedFrameException("version " + version + ", order " + order + ", size " + size);
        }
        context.write(frame, context.voidPromise());
    }
}
