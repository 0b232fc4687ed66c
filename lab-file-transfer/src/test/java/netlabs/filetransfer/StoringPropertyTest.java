package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for any files, however their bytes are cut into segments, and for any garbage. */
class StoringPropertyTest {
    private static Path dir;
    private static TestServer server;

    /**
     * @param there how many of its bytes are there from an earlier attempt
     */
    record Sent(String name, int size, int there, boolean resume, boolean digest, long seed) {
        byte[] bytes() {
            byte[] bytes = new byte[size];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }
    }

    @BeforeContainer
    static void start() throws IOException {
        dir = Files.createTempDirectory("storing");
        server = TestServer.storing(dir);
    }

    @AfterContainer
    static void stop() throws IOException {
        server.close();
        for (String name : TestServer.names(dir)) {
            Files.delete(dir.resolve(name));
        }
        Files.delete(dir);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void anyFilesInAnySegmentsAreStoredIdentically(
            @ForAll @Size(max = 4) List<@From("files") Sent> files, @ForAll long cuts) throws Exception {
        Random random = new Random(cuts);
        Set<String> stored = new HashSet<>();
        try (TransferPeer client = server.connect()) {
            for (Sent file : files) {
                if (!stored.add(file.name())) {
                    client.offer(file.name(), file.size()).expectNo(Status.EXISTS, "");
                    continue;
                }
                send(client, file, random);
                server.assertStored(file.name(), file.bytes());
            }
        } finally {
            for (String name : TestServer.names(dir)) {
                Files.delete(dir.resolve(name));
            }
        }
        assertThat(server.console().err()).doesNotContain("\tat ", "Error", "Exception");
    }

    private static void send(TransferPeer client, Sent file, Random random) throws IOException {
        byte[] bytes = file.bytes();
        int there = Math.min(file.there(), file.size());
        if (there > 0) {
            Files.write(server.unfinished(file.name()), Arrays.copyOf(bytes, there));
        }
        Offer offer = new Offer(file.name(), file.size(), file.resume(), file.digest());
        int start = file.resume() ? there : 0;
        sendInSegments(client, offer.encode().array(), random);
        client.expectYesAt(start);
        if (start > 0) {
            client.sendStart(start);
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(bytes, start, bytes.length - start);
        if (file.digest()) {
            rest.writeBytes(TransferPeer.sha256(bytes));
        }
        sendInSegments(client, rest.toByteArray(), random);
        client.expectYes();
    }

    private static void sendInSegments(TransferPeer client, byte[] bytes, Random random) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            int most = random.nextInt(3) == 0 ? 20 : 400_000;
            int end = Math.min(bytes.length, at + 1 + random.nextInt(most));
            client.send(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
    }

    @Property(tries = 300)
    void anyGarbageIsRefusedAndTheServerGoesOn(
            @ForAll @Size(max = 3_000) byte[] garbage, @ForAll boolean likeAnOffer, @ForAll boolean likeMore)
            throws Exception {
        if (likeAnOffer && garbage.length >= 6) {
            System.arraycopy(new byte[] {'N', 'L', 'F', 'T', 1, (byte) (garbage[5] & 3)}, 0, garbage, 0, 6);
            if (likeMore && garbage.length >= 17) {
                garbage[6] = 0;
                Arrays.fill(garbage, 8, 14, (byte) 0);
                garbage[16] = '/';
            }
        }
        try (TransferPeer client = server.connect()) {
            client.send(garbage).halfClose().expectGone();
        }
        try (TransferPeer client = server.connect()) {
            client.offer("..", 1).expectNo(Status.BAD_NAME, "");
        }
        assertThat(server.console().err()).doesNotContain("\tat ", "OutOfMemory", "Exception");
        assertThat(TestServer.names(dir)).allMatch(name -> !Files.isDirectory(dir.resolve(name)));
    }

    @Provide
    Arbitrary<Sent> files() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\n', 'ä', '你', '\u202e')
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(name -> FileName.fault(name, true) == null);
        Arbitrary<Integer> sizes = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 31, 32, BufferPool.BUFFER_BYTES - 1, BufferPool.BUFFER_BYTES),
                Arbitraries.integers().between(0, 3_000),
                Arbitraries.integers().between(200_000, 600_000));
        return Combinators.combine(
                        names,
                        sizes,
                        Arbitraries.oneOf(Arbitraries.just(0), sizes),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.longs())
                .as(Sent::new);
    }
}
