package netlabs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import netlabs.common.LabException;

/**
 * A capture of many TCP connections, a hundred of them open at once and their frames mixed. It is made up, and the same
 * in every run.
 *
 * @param file where it is
 * @param packets how many there are
 * @param streams how many connections
 */
record CapturedTraffic(Path file, int packets, int streams) {
    /** The ephemeral ports of Linux: no two connections have the same. */
    static final int MOST_STREAMS = 28_000;

    private static final int FIRST_PORT = 32_768;
    private static final int OPEN_AT_ONCE = 100;

    /** 2026-01-01. */
    private static final long START_MICROS = 1_767_225_600_000_000L;

    private static final int MOST_GAP_MICROS = 20;

    /**
     * Makes the file.
     *
     * @throws LabException if it cannot be written
     */
    void make() {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer frame = ByteBuffer.allocate(TcpConversation.LONGEST_FRAME);
        List<TcpConversation> open = new ArrayList<>();
        int begun = 0;
        long micros = START_MICROS;
        try (PcapFile out = new PcapFile(file)) {
            while (begun < streams || !open.isEmpty()) {
                while (begun < streams && open.size() < OPEN_AT_ONCE) {
                    open.add(conversation(begun++, random));
                }
                int which = random.nextInt(open.size());
                open.get(which).next(micros, frame);
                out.add(micros, frame);
                micros += 1 + random.nextInt(MOST_GAP_MICROS);
                if (open.get(which).isOver()) {
                    open.remove(which);
                }
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", file, e);
        }
    }

    /** All have as many frames, the first ones one more where it does not come out even. */
    private TcpConversation conversation(int number, SplittableRandom random) {
        int frames = packets / streams + (number < packets % streams ? 1 : 0);
        return new TcpConversation(FIRST_PORT + number, frames, random.split());
    }
}
