package netlabs.capture.analysis;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import netlabs.capture.file.CaptureBytes;
import netlabs.capture.file.CaptureReader;

/** A capture put together of pieces of others, with frames that are missing, doubled, exchanged and late. */
final class BrokenCapture {
    private static final int ETHERNET = 1;
    private static final int MICROSECONDS = 0xa1b2_c3d4;
    private static final int FRAMES = 1_000;

    private BrokenCapture() {}

    /**
     * @return a pcap file
     */
    static byte[] of(List<Path> captures, Random random) throws IOException {
        List<List<byte[]>> sources = new ArrayList<>();
        for (Path capture : captures) {
            List<byte[]> frames = whole(capture);
            if (frames.size() > 1) {
                sources.add(frames);
            }
        }
        List<byte[]> broken = new ArrayList<>();
        for (int piece = 0; broken.size() < FRAMES; piece++) {
            List<byte[]> source = sources.get(random.nextInt(sources.size()));
            int first = random.nextInt(source.size() - 1);
            int count = Math.min(source.size() - first, 1 + random.nextInt(300));
            List<byte[]> frames = new ArrayList<>();
            for (byte[] frame : source.subList(first, first + count)) {
                frames.add(ofNetwork(piece, frame));
            }
            breakInto(broken, frames, random);
        }
        CaptureBytes file = CaptureBytes.in(ByteOrder.LITTLE_ENDIAN).pcap(MICROSECONDS, ETHERNET);
        long micros = 1_000_000;
        for (byte[] frame : broken) {
            int[] steps = {1, 10, 10, 500, 5_000, 30_000};
            micros += steps[random.nextInt(steps.length)];
            file.record((int) (micros / 1_000_000), (int) (micros % 1_000_000), frame.length, frame);
        }
        return file.toBytes();
    }

    /** The frames of a capture of Ethernet; none if one was cut. */
    private static List<byte[]> whole(Path capture) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            while (reader.next()) {
                if (reader.linkType() != ETHERNET || reader.capturedLength() != reader.length()) {
                    return List.of();
                }
                frames.add(Arrays.copyOfRange(reader.bytes(), reader.at(), reader.at() + reader.length()));
            }
        }
        return frames;
    }

    /** Of other addresses than the same frame in another piece: no two pieces are one connection. */
    private static byte[] ofNetwork(int piece, byte[] frame) {
        byte[] moved = frame.clone();
        if (moved.length >= 34 && moved[12] == 8 && moved[13] == 0) { // IPv4
            moved[28] = (byte) piece;
            moved[32] = (byte) piece;
        }
        return moved;
    }

    private static void breakInto(List<byte[]> broken, List<byte[]> frames, Random random) {
        int first = broken.size();
        double damage = new double[] {0.02, 0.1, 0.3}[random.nextInt(3)];
        for (byte[] frame : frames) {
            if (random.nextDouble() < damage) {
                continue;
            }
            broken.add(frame);
            if (random.nextDouble() < damage / 2) {
                broken.add(frame);
            }
            if (random.nextDouble() < damage / 3) {
                broken.add(Math.max(first, broken.size() - 1 - random.nextInt(4)), broken.remove(broken.size() - 1));
            }
            if (random.nextDouble() < damage / 4) {
                broken.add(broken.get(first + random.nextInt(broken.size() - first)));
            }
        }
    }
}
