package netlabs.capture.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import netlabs.capture.RawPcap;
import netlabs.capture.file.CaptureReader;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every capture of {@code samples/captures/}, frame by frame and stream by stream, as tshark reads it. */
@Timeout(60)
class TsharkIT {
    private static final List<Mark> MARKS = List.of(Mark.values());

    @TempDir
    private Path folder;

    static Stream<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(LabJar.samples().resolve("captures"))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".pcap") || file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void framesAndConversationsAreThoseOfTshark(Path capture) throws Exception {
        List<String> ours = ourFrames(capture);
        // tshark counts no packet in its conversations whose TCP options were cut off.
        if (!capture.endsWith("snaplen.pcap")) {
            ours.addAll(ourConversations(capture));
        }

        assertThat(ours).isNotEmpty().isEqualTo(tshark(capture, true));
    }

    static Stream<RawPcap> made() {
        return Stream.of(MadeCaptures.synBehindAGap(), MadeCaptures.quotedByErrors());
    }

    @ParameterizedTest
    @MethodSource("made")
    void capturesMadeByHandAreThoseOfTshark(RawPcap made) throws Exception {
        Path capture = made.write(folder.resolve("made.pcap"));

        assertThat(ourFrames(capture)).isNotEmpty().isEqualTo(tshark(capture, false));
    }

    /** In those of 24 and 26 a SYN comes again behind a gap. {@code -Dbroken.seeds=N}: all from 1 to N. */
    static LongStream seeds() {
        int last = Integer.getInteger("broken.seeds", 0);
        return last > 0 ? LongStream.rangeClosed(1, last) : LongStream.of(1, 2, 3, 4, 24, 26);
    }

    /** Frames dropped, doubled, exchanged and delayed: what no sample has, and every rule is met. */
    @ParameterizedTest
    @MethodSource("seeds")
    void brokenStreamsAreThoseOfTshark(long seed) throws Exception {
        Path capture = folder.resolve("broken.pcap");
        Files.write(capture, BrokenCapture.of(captures().toList(), new Random(seed)));

        assertThat(ourFrames(capture)).hasSizeGreaterThan(500).isEqualTo(tshark(capture, false));
    }

    private static List<String> ourFrames(Path capture) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Frames frames = Frames.open(capture)) {
            for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
                lines.add(line(frame));
            }
        }
        return lines;
    }

    private static String line(Frame frame) {
        StringBuilder line = new StringBuilder("frame ").append(frame.number());
        line.append(" of ").append(frame.length()).append(": ");
        if (frame.source() != null) {
            line.append(address(frame.source())).append(" > ").append(address(frame.destination()));
        }
        if (frame.transport() == Frame.Transport.UDP) {
            line.append(" udp ").append(frame.stream()).append(' ').append(ports(frame));
            line.append(" len ").append(frame.payloadLength());
        } else if (frame.transport() == Frame.Transport.TCP) {
            line.append(" tcp ").append(frame.stream()).append(' ').append(ports(frame));
            line.append(" flags ").append(frame.flags());
            line.append(" seq ").append(frame.sequence());
            line.append((frame.flags() & TcpFlags.ACK) == 0 ? "" : " ack " + frame.acknowledgment());
            line.append(" win ").append(frame.window());
            line.append(" len ").append(frame.payloadLength());
            for (Mark mark : frame.marks()) {
                line.append(" [").append(mark.text()).append(']');
            }
        }
        return line.toString();
    }

    private static String address(InetSocketAddress socket) {
        return socket.getAddress().getHostAddress();
    }

    private static String ports(Frame frame) {
        return frame.source().getPort() + ">" + frame.destination().getPort();
    }

    /**
     * @return the frames, and behind them the conversations, of which large ones are rounded
     */
    private List<String> tshark(Path capture, boolean withConversations) throws Exception {
        List<String> fields = new ArrayList<>(List.of("frame.number", "frame.len", "ip.src", "ip.dst", "ipv6.src"));
        fields.addAll(List.of("ipv6.dst", "udp.stream", "udp.srcport", "udp.dstport", "udp.length", "tcp.stream"));
        fields.addAll(List.of("tcp.srcport", "tcp.dstport", "tcp.flags", "tcp.seq", "tcp.ack", "tcp.window_size"));
        fields.addAll(List.of("tcp.len", "icmp.type", "icmpv6.type"));
        int marks = fields.size();
        for (Mark mark : MARKS) {
            fields.add(mark.field());
        }
        List<String> command = new ArrayList<>(List.of("-n", "-r", capture.toString(), "-z", "conv,tcp"));
        // The first of each field: tunnels, and errors of ICMP, have packets in packets.
        command.addAll(List.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=f"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        List<String> lines = new ArrayList<>();
        TreeSet<String> conversations = new TreeSet<>();
        for (String output : run(command)) {
            if (Character.isDigit(output.charAt(0)) && output.contains("|") && !output.contains("<->")) {
                lines.add(frame(output.split("\\|", -1), marks));
            } else if (withConversations && output.contains("<->")) {
                conversations.add(conversation(output));
            }
        }
        lines.addAll(conversations);
        return lines;
    }

    private static String frame(String[] value, int marks) throws IOException {
        StringBuilder line = new StringBuilder("frame " + value[0] + " of " + value[1] + ": ");
        if (!value[2].isEmpty()) {
            line.append(value[2]).append(" > ").append(value[3]);
        } else if (!value[4].isEmpty()) {
            line.append(canonical(value[4])).append(" > ").append(canonical(value[5]));
        }
        if (!value[18].isEmpty() || !value[19].isEmpty()) {
            return line.toString(); // what an ICMP error quotes is not of this packet
        }
        if (!value[6].isEmpty()) {
            line.append(" udp " + value[6] + ' ' + value[7] + '>' + value[8]);
            line.append(" len " + (Integer.parseInt(value[9]) - 8));
        } else if (!value[10].isEmpty()) {
            int flags = Integer.decode(value[13]);
            line.append(" tcp " + value[10] + ' ' + value[11] + '>' + value[12] + " flags " + flags);
            line.append(" seq " + value[14] + ((flags & TcpFlags.ACK) == 0 ? "" : " ack " + value[15]));
            line.append(" win " + value[16] + " len " + value[17]);
            for (int i = 0; i < MARKS.size(); i++) {
                if (!value[marks + i].isEmpty()) {
                    line.append(" [" + MARKS.get(i).text() + ']');
                }
            }
        }
        return line.toString();
    }

    private static String canonical(String address) throws IOException {
        return java.net.InetAddress.getByName(address).getHostAddress();
    }

    /** Sockets in order, then what each sent: the table of {@code -z conv,tcp} has no numbers of streams. */
    private static TreeSet<String> ourConversations(Path capture) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        try (CaptureReader reader = CaptureReader.open(capture);
                Frames frames = Frames.of(reader)) {
            while (frames.next() != null) {
                continue;
            }
            for (TcpStream stream : frames.analyzer().tcpStreams()) {
                lines.add(conversation(
                        socket(stream.client()),
                        stream.frames(true),
                        stream.bytes(true),
                        socket(stream.server()),
                        stream.frames(false),
                        stream.bytes(false)));
            }
        }
        return lines;
    }

    private static String socket(InetSocketAddress socket) {
        return address(socket) + ":" + socket.getPort();
    }

    private static String conversation(
            String one, long frames, long bytes, String other, long otherFrames, long otherBytes) {
        String first = one + " sent " + frames + " frames, " + bytes + " bytes";
        String second = other + " sent " + otherFrames + " frames, " + otherBytes + " bytes";
        return first.compareTo(second) < 0 ? first + "; " + second : second + "; " + first;
    }

    /**
     * @param line {@code a:port <-> b:port  frames bytes bytes  frames bytes bytes ...}: first from b to a, then from a to b
     */
    private static String conversation(String line) throws IOException {
        String[] word = line.trim().split(" +");
        assertThat(word[5]).as("the unit in: " + line).isEqualTo("bytes");
        return conversation(
                canonicalSocket(word[0]),
                Long.parseLong(word[6]),
                Long.parseLong(word[7]),
                canonicalSocket(word[2]),
                Long.parseLong(word[3]),
                Long.parseLong(word[4]));
    }

    private static String canonicalSocket(String socket) throws IOException {
        int colon = socket.lastIndexOf(':');
        return canonical(socket.substring(0, colon)) + socket.substring(colon);
    }

    private List<String> run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Peers.require("tshark")));
        command.addAll(arguments);
        Path errors = folder.resolve("tshark.err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        }
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return lines;
    }
}
