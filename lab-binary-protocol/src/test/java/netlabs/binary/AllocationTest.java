package netlabs.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import netlabs.binary.VariableFrames.Layout;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.UnfinishedBytes;
import org.junit.jupiter.api.Test;

/** What bytes from the network make the decoder allocate. */
class AllocationTest {
    private static final int ROUNDS = 10_000;

    /** What is announced must not be there; the decoder itself is, and an exception with its stack trace. */
    private static final long BYTES_PER_HEADER = 4_096;

    /** A class's first use, a compiler's. */
    private static final int ONCE_BYTES = 64 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final FrameCodec VARIABLE = new VariableFrames(Layout.ORDER_SIZE);

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void aHeaderThatAnnouncesFourGibibytesAllocatesNothingForThem() {
        byte[] header = HexFormat.of().parseHex("0100000001ffffffff");
        long before = allocated();
        for (int i = 0; i < ROUNDS; i++) {
            FrameDecoder decoder = new FrameDecoder(VARIABLE, 1 << 30);
            assertThatThrownBy(() -> decoder.feed(ByteBuffer.wrap(header), (frame, bytes) -> {}))
                    .isInstanceOf(MalformedMessageException.class);
        }
        assertThat((allocated() - before) / ROUNDS).isLessThan(BYTES_PER_HEADER);
    }

    @Test
    void whatIsAnnouncedAndAllowedIsAllocatedAsItComes() throws Exception {
        byte[] header = HexFormat.of().parseHex("010000000140000000");
        long before = allocated();
        for (int i = 0; i < ROUNDS; i++) {
            FrameDecoder decoder = new FrameDecoder(VARIABLE, 1 << 30);
            decoder.feed(ByteBuffer.wrap(header), (frame, bytes) -> {});
            decoder.feed(ByteBuffer.wrap(header), (frame, bytes) -> {}); // nine bytes of the text
        }
        assertThat((allocated() - before) / ROUNDS).isLessThan(BYTES_PER_HEADER);
    }

    @Test
    void aLargeFrameThatTricklesInCostsAFewTimesItsSize() throws Exception {
        int size = 1 << 20;
        ByteBuffer frame = VARIABLE.encode(1, new byte[size]).get(0);
        int[] frames = new int[1];
        long before = allocated();
        FrameDecoder decoder = new FrameDecoder(VARIABLE, size);
        while (frame.hasRemaining()) {
            ByteBuffer piece = frame.slice(frame.position(), Math.min(1000, frame.remaining()));
            frame.position(frame.position() + piece.remaining());
            decoder.feed(piece, (found, bytes) -> frames[0]++);
        }
        assertThat(frames[0]).isEqualTo(1);
        assertThat(allocated() - before).isLessThan(4L * size);
    }

    @Test
    void framesThatComeWholeCostNoMoreThanTheirFields() throws Exception {
        int count = 1_000;
        ByteBuffer stream = ByteBuffer.allocateDirect(29 * count);
        FrameCodec fixed = new FixedFrames((byte) 0);
        for (int i = 0; i < count; i++) {
            stream.put(fixed.encode(i, new byte[] {'x'}).get(0));
        }
        FrameDecoder decoder = new FrameDecoder(fixed, 100);
        long before = allocated();
        for (int i = 0; i < 100; i++) {
            decoder.feed(stream.clear(), (frame, bytes) -> {});
        }
        assertThat((allocated() - before - ONCE_BYTES) / (100 * count)).isLessThanOrEqualTo(40);
    }

    /** Each within its own bound, and together more than there is: the one that comes too much is refused. */
    @Test
    void unfinishedFramesOfAllClientsTogetherAreBounded() throws Exception {
        UnfinishedBytes memory = new UnfinishedBytes(10_000);
        ByteBuffer header = ByteBuffer.allocate(4_000).put(0, (byte) 1).putInt(5, 1 << 20);
        FrameDecoder first = new FrameDecoder(VARIABLE, 1 << 20, memory);
        first.feed(header.duplicate(), (frame, bytes) -> {});
        FrameDecoder second = new FrameDecoder(VARIABLE, 1 << 20, memory);
        assertThatThrownBy(() -> second.feed(header.duplicate(), (frame, bytes) -> {}))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("message that there is no memory for");
        first.discard();
        new FrameDecoder(VARIABLE, 1 << 20, memory).feed(header.duplicate(), (frame, bytes) -> {});
    }
}
