package netlabs.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.Frames;
import netlabs.capture.report.JsonReport;
import netlabs.capture.report.TextReport;
import netlabs.common.testing.LabJar;

/** Whatever is in a file, and however it is read: packets, then an end or an error with its place. */
class HostileCapturePropertyTest {
    private static final List<byte[]> SAMPLES = samples();

    private static List<byte[]> samples() {
        try (Stream<Path> files = Files.list(LabJar.samples().resolve("captures"))) {
            List<byte[]> samples = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .toList()) {
                samples.add(Files.readAllBytes(file));
            }
            return samples;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Provide
    Arbitrary<byte[]> sample() {
        return Arbitraries.of(SAMPLES);
    }

    private static List<String> packets(InputStream stream, long size) throws IOException {
        List<String> packets = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(stream, "capture")) {
            while (reader.next()) {
                packets.add(CaptureReaderTest.packet(reader));
            }
        } catch (MalformedCaptureException e) {
            assertThat(e.offset()).isBetween(0L, size);
            packets.add(e.getMessage());
        }
        return packets;
    }

    @Property(tries = 300)
    void howeverItIsSplitItIsTheSame(@ForAll @From("sample") byte[] file, @ForAll Random random) throws IOException {
        InputStream dripping = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] buffer, int at, int length) {
                return super.read(buffer, at, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 3 : 200)));
            }
        };

        assertThat(packets(dripping, file.length)).isEqualTo(packets(new ByteArrayInputStream(file), file.length));
    }

    @Property(tries = 1000)
    void whereverItIsCutWhatIsBeforeIsRead(@ForAll @From("sample") byte[] file, @ForAll @IntRange(max = 20_000) int at)
            throws IOException {
        Assume.that(at < file.length);
        byte[] cut = Arrays.copyOf(file, at);
        List<String> whole = packets(new ByteArrayInputStream(file), file.length);

        List<String> packets = packets(new ByteArrayInputStream(cut), cut.length);

        int readable = packets.size();
        if (readable > 0 && packets.get(readable - 1).startsWith("capture: ")) {
            readable--;
        }
        assertThat(packets.subList(0, readable)).isEqualTo(whole.subList(0, readable));
    }

    /** The whole way, from the file to the two reports. */
    @Property(tries = 3000)
    void garbageEndsInAnError(
            @ForAll @From("sample") byte[] file, @ForAll @IntRange(min = 1, max = 40) int faults, @ForAll Random random)
            throws IOException {
        byte[] garbage = file.clone();
        for (int i = 0; i < faults; i++) {
            // Half of them in the first 200 bytes, where the headers are; big numbers more often than by chance.
            int at = random.nextInt(random.nextBoolean() ? Math.min(200, garbage.length) : garbage.length);
            garbage[at] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        MalformedCaptureException damage = null;
        Analyzer analyzer = new Analyzer();
        try (Frames frames = Frames.of(CaptureReader.of(garbage))) {
            analyzer = frames.analyzer();
            while (frames.next() != null) {
                assertThat(analyzer.frames()).isLessThan(garbage.length);
            }
        } catch (MalformedCaptureException e) {
            damage = e;
        }

        StringBuilder text = new StringBuilder();
        TextReport.write("capture", analyzer, analyzer.tcpStreams(), analyzer.udpFlows(), text, () -> {});
        assertThat(text.toString()).startsWith("capture: ").endsWith("\n");
        StringWriter json = new StringWriter();
        JsonReport.write("capture", analyzer, analyzer.tcpStreams(), analyzer.udpFlows(), damage, json);
        assertThat(json.toString())
                .contains("\"complete\" : " + (damage == null))
                .endsWith("}\n");
    }
}
