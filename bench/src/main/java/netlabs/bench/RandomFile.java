package netlabs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** A file of pseudo-random bytes, the same in every run: nothing can compress or skip any of it. */
final class RandomFile {
    private static final int BLOCK_BYTES = 1 << 20;

    private RandomFile() {}

    /**
     * Makes {@code file}, all of it on the disk.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    static void make(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] block = new byte[BLOCK_BYTES];
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (long left = bytes; left > 0; left -= block.length) {
                random.nextBytes(block);
                ByteBuffer buffer = ByteBuffer.wrap(block, 0, (int) Math.min(left, block.length));
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            out.force(true);
        }
    }
}
