package netlabs.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import netlabs.common.process.RunningProgram;

/** One recording: the recorder gets ready, the datagrams are sent, the recorder is told to end, its file is counted. */
final class CaptureTrial implements Trial<CaptureFigures> {
    /** Stands for the file that is recorded to. */
    static final String FILE = "<file>";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** tcpdump sees the last packets up to a second later. */
    private static final int QUIET_MILLIS = 2_000;

    private static final Pattern DROPPED = Pattern.compile("(\\d+) (?:packets? )?dropped by kernel");

    private final NativeProgram rusage;
    private final NativeProgram flood;
    private final Path folder;
    private final int count;
    private final int bytes;

    /**
     * @param rusage the compiled {@code rusage.c}
     * @param flood the compiled {@code udp_flood.c}
     * @param folder where the recording goes
     * @param count how many datagrams
     * @param bytes in each
     */
    CaptureTrial(NativeProgram rusage, NativeProgram flood, Path folder, int count, int bytes) {
        this.rusage = rusage;
        this.flood = flood;
        this.folder = folder;
        this.count = count;
        this.bytes = bytes;
    }

    @Override
    public CaptureFigures run(Contestant contestant, int perSecond)
            throws TrialFailedException, IOException, InterruptedException {
        Path file = folder.resolve("recorded.pcap");
        Path usage = folder.resolve("usage.json");
        Files.deleteIfExists(file);
        // Nobody reads from it: it is there so that nobody answers that there is none.
        try (DatagramSocket sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            List<String> command = contestant.command().stream()
                    .map(word -> word.replace(FILE, file.toString())
                            .replace(ServerProcess.PORT, Integer.toString(sink.getLocalPort())))
                    .toList();
            try (RunningProgram recorder =
                    RunningProgram.start(folder, contestant.environment(), Rusage.watching(rusage, usage, command))) {
                recorder.awaitError("snapshot length", TIMEOUT); // the end of what both say first
                Sent sent = send(sink.getLocalPort(), perSecond);
                ProcessHandle.of(recorder.pid())
                        .orElseThrow(() -> new TrialFailedException("it ended by itself: " + recorder))
                        .children()
                        .forEach(ProcessHandle::destroy); // SIGTERM
                recorder.awaitExit(TIMEOUT);
                Rusage took = Rusage.read(usage);
                return new CaptureFigures(
                        sent.sent(),
                        sent.seconds(),
                        PcapFile.packets(file),
                        dropped(recorder.error()),
                        took.cpuSeconds(),
                        took.peakKib());
            } catch (TimeoutException e) {
                throw new TrialFailedException("it does not get ready, or does not end: " + e.getMessage());
            }
        }
    }

    /** What the flood prints. */
    record Sent(long sent, double seconds) {}

    private Sent send(int port, int perSecond) throws TrialFailedException, IOException, InterruptedException {
        List<String> command = List.of(
                flood.binary().toString(),
                Integer.toString(port),
                Integer.toString(count),
                Integer.toString(bytes),
                Integer.toString(perSecond),
                Integer.toString(QUIET_MILLIS));
        try (RunningProgram sender = RunningProgram.start(folder, command)) {
            // A slow machine may not reach the rate.
            if (sender.awaitExit(TIMEOUT.plusSeconds(10L * count / perSecond)) != 0) {
                throw new IOException("the flood failed: " + sender);
            }
            return Json.MAPPER.readValue(sender.output(), Sent.class);
        } catch (TimeoutException e) {
            throw new TrialFailedException("the flood does not end");
        }
    }

    private static long dropped(String said) throws TrialFailedException {
        Matcher matcher = DROPPED.matcher(said);
        if (!matcher.find()) {
            throw new TrialFailedException("it does not say how many packets were dropped: "
                    + said.strip().lines().reduce((first, last) -> last).orElse("nothing"));
        }
        return Long.parseLong(matcher.group(1));
    }
}
