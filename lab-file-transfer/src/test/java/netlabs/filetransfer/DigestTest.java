package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest is that of {@link MessageDigest}, whatever the buffers; and no buffer gets lost. */
@Timeout(60)
class DigestTest {
    private final BufferPool pool = new BufferPool();

    private static void pass(Digest digest, byte[] bytes) throws Exception {
        ByteBuffer buffer = digest.take();
        digest.give(buffer.put(bytes).flip());
    }

    @Test
    void ofNothing() throws Exception {
        try (Digest digest = new Digest(true, pool)) {
            assertThat(digest.computes()).isTrue();
            assertThat(digest.value()).isEqualTo(TransferPeer.sha256(new byte[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ofAnySequenceOfBuffers(long seed) throws Exception {
        Random random = new Random(seed);
        try (Digest digest = new Digest(true, pool)) {
            MessageDigest expected = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < 300; i++) {
                switch (random.nextInt(12)) {
                    case 0 ->
                        assertThat(digest.value())
                                .as("before buffer " + i)
                                .isEqualTo(((MessageDigest) expected.clone()).digest());
                    case 1 -> {
                        if (random.nextInt(5) == 0) {
                            digest.reset();
                            expected.reset();
                        }
                    }
                    default -> {
                        byte[] bytes = new byte[random.nextInt(3) == 0 ? BufferPool.BUFFER_BYTES : random.nextInt(99)];
                        random.nextBytes(bytes);
                        pass(digest, bytes);
                        expected.update(bytes);
                    }
                }
            }
            assertThat(digest.value()).isEqualTo(((MessageDigest) expected.clone()).digest());
            assertThat(digest.value()).as("again").isEqualTo(expected.digest());
        }
    }

    @Test
    void aBufferIsEmptyWhenItIsTaken() throws Exception {
        try (Digest digest = new Digest(true, pool)) {
            for (int i = 0; i < 20; i++) {
                ByteBuffer buffer = digest.take();
                assertThat(buffer.position()).isZero();
                assertThat(buffer.remaining()).isEqualTo(BufferPool.BUFFER_BYTES);
                digest.give(buffer.limit(i));
            }
        }
    }

    @Test
    void withoutADigestTheOneBufferGoesRound() throws Exception {
        try (Digest digest = new Digest(false, pool)) {
            assertThat(digest.computes()).isFalse();
            ByteBuffer first = digest.take();
            digest.give(first.limit(10));
            assertThat(digest.take()).isSameAs(first);
            digest.give(first);
            assertThat(digest.value()).isEmpty();
        }
    }

    @Test
    void theBuffersAreUsedAgain() throws Exception {
        List<ByteBuffer> seen = new ArrayList<>();
        Digest digest = new Digest(true, pool);
        for (int i = 0; i < Digest.BUFFERS; i++) {
            seen.add(digest.take());
        }
        for (ByteBuffer buffer : seen) {
            digest.give(buffer.limit(0));
        }
        digest.close();
        awaitEndOfThreads(); // which give them back at their end
        for (int i = 0; i < Digest.BUFFERS; i++) {
            ByteBuffer taken = pool.take();
            assertThat(seen).anyMatch(one -> one == taken);
        }
    }

    /** A receive that failed has a buffer out, and nobody will give it back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWithABufferOutDoesNotWaitForIt(boolean computes) throws Exception {
        for (int i = 0; i < 500; i++) {
            Digest digest = new Digest(computes, pool);
            if (computes) {
                pass(digest, new byte[BufferPool.BUFFER_BYTES]);
            }
            digest.take();
            digest.close();
        }
    }

    @Test
    void itsThreadEnds() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Digest digest = new Digest(true, pool)) {
                pass(digest, new byte[1000]);
                if (i % 2 == 0) {
                    digest.value();
                }
            }
        }
        awaitEndOfThreads();
    }

    private static void awaitEndOfThreads() throws InterruptedException {
        Thread[] all = new Thread[Thread.activeCount() + 50];
        int count = Thread.enumerate(all);
        for (int i = 0; i < count; i++) {
            if (all[i].getName().equals("digest")) {
                all[i].join(10_000);
                assertThat(all[i].isAlive()).isFalse();
            }
        }
    }
}
