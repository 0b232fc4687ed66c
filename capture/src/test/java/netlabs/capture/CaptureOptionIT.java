package netlabs.capture;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --capture} of every lab (LABS.md §0): what it records is read by tshark. */
@Timeout(120)
class CaptureOptionIT {
    private static final int SIGINT = 130;
    private static final int SIGKILL = 137;
    private static final String FIN_BOTH = "tcp.flags.fin==1";
    private static final String HANDSHAKE_THEN_ACK = "0x0002 0x0012 0x0010";

    @TempDir
    Path folder;

    @BeforeAll
    static void mayRecord() {
        Permission.toRecord();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-echo, 1, HELLO",
        "threaded-server, 2, client 1",
        "selector-server, 2, client 1",
        "binary-protocol, 1, HELLO",
        "file-transfer, 1, 'Hello, World!'",
        "http-server, 2, GET /hello.html",
    })
    void aDemoOverTcpIsCompleteAndPrintsTheSame(String lab, int connections, String payload) throws Exception {
        String without = demo(lab);
        assertThat(demo(lab, "--capture", "a.pcap")).isEqualTo(without);
        for (int i = 0; i < connections; i++) {
            isComplete(folder.resolve("a.pcap"), i);
        }
        assertThat(fields("a.pcap", "tcp.stream==" + connections, "frame.number"))
                .isEmpty();
        assertThat(fields("a.pcap", "tcp contains \"" + payload + "\"", "frame.number"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"upper, 2", "chat, 2", "print, 1"})
    void aDemoOverUdpHasEveryDatagram(String exercise, int perMessage) throws Exception {
        String without = demo("udp-echo", "--exercise", exercise, "one", "two");
        assertThat(demo("udp-echo", "--exercise", exercise, "--capture", "a.pcap", "one", "two"))
                .isEqualTo(without);
        assertThat(fields("a.pcap", "udp", "udp.payload")).hasSize(2 * perMessage);
        assertThat(fields("a.pcap", "udp contains \"two\"", "frame.number")).isNotEmpty();
    }

    @Test
    void nagleHasBothOfItsConnections() throws Exception {
        try (RunningProgram nagle = start("tcp-echo", "nagle", "--rounds", "3", "--capture", "a.pcap")) {
            assertThat(nagle.awaitExit(TIMEOUT)).as(nagle.error()).isZero();
        }
        isComplete(folder.resolve("a.pcap"), 0);
        isComplete(folder.resolve("a.pcap"), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-echo, --exercise=upper, 'hello\n'",
        "threaded-server, --quiet, 'hello\n'",
        "selector-server, --quiet, 'hello\n'",
        "http-server, --model=selector, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'",
        "http-server, --model=thread, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'",
    })
    void aServerThatIsInterruptedHasTheLastFinAndItsAck(String lab, String option, String request) throws Exception {
        try (RunningProgram server =
                        start(lab, "server", "--bind", "127.0.0.1", "--port", "0", option, "--capture", "a.pcap");
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT))) {
            client.setSoTimeout((int) TIMEOUT.toMillis()); // a server that goes on would be waited for without end
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(client.getInputStream().read()).isPositive();
            server.interrupt();
            client.getInputStream().readAllBytes();
            client.shutdownOutput();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGINT);
        }
        isComplete(folder.resolve("a.pcap"), 0);
    }

    /** Somebody types, and ends the client by Ctrl-C: its FIN and the server's are the last packets. */
    @ParameterizedTest
    @CsvSource({
        "tcp-echo, --exercise=upper, HELLO",
        "threaded-server, --framing=line, Received: hello",
        "binary-protocol, --echo, hello"
    })
    void aClientThatIsInterruptedHasTheClose(String lab, String option, String reply) throws Exception {
        String echo = lab.equals("tcp-echo") ? option : "--quiet";
        try (RunningProgram server = start(lab, "server", "--bind", "127.0.0.1", "--port", "0", echo)) {
            String port = Integer.toString(server.awaitReady(TIMEOUT));
            try (RunningProgram client = start(lab, "client", "--port", port, option, "--capture", "a.pcap")) {
                client.type("hello\n");
                client.awaitOutput(reply, TIMEOUT);
                client.interrupt();
                assertThat(client.awaitExit(TIMEOUT)).isEqualTo(SIGINT);
            }
        }
        isComplete(folder.resolve("a.pcap"), 0);
    }

    /** The server has sent half of a file, and nothing more comes. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aWebClientThatIsEndedInTheMiddleHasTheClose(String signal, int status) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram client = fetch(server);
                Socket accepted = server.accept()) {
            accepted.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf\n".getBytes(StandardCharsets.US_ASCII));
            client.awaitOutput("half\n", TIMEOUT);
            end(client, signal);
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(status);
            assertThat(client.error()).isEmpty();
            hasTheCloseOf("dst", server.getLocalPort());
        }
    }

    private RunningProgram fetch(ServerSocket server) throws IOException {
        String port = "" + server.getLocalPort();
        return start("http-server", "client", "--port", port, "--timeout", "60s", "--capture", "a.pcap", "a.txt");
    }

    /** The server has received half of a file, and takes no more: the client is blocked in write(2) or sendfile(2). */
    @ParameterizedTest
    @CsvSource({
        "INT, 130, --no-digest, 1",
        "TERM, 143, --timeout=60s, 1",
        "INT, 130, --timeout=60s, 2",
        "INT, 130, --raw, 1",
    })
    void aSenderOfFilesThatIsEndedInTheMiddleHasTheClose(String signal, int status, String option, int files)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Path large = folder.resolve("large-" + i);
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                file.setLength(1L << 30);
            }
            arguments.add(large.toString());
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram client = transfer(server, option, arguments);
                Socket accepted = server.accept()) {
            accepted.setSoTimeout((int) TIMEOUT.toMillis());
            assertThat(accepted.getInputStream().read()).isNotNegative();
            accepted.getOutputStream().write(new byte[12]); // an answer: go on
            client.awaitOutput("Sending large-0", TIMEOUT);
            accepted.getInputStream().readNBytes(1 << 20);
            end(client, signal);
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(status);
            assertThat(client.error()).isEmpty();
            hasTheCloseOf("dst", server.getLocalPort());
        }
    }

    @Test
    void aReceiverOfAFileThatIsEndedInTheMiddleHasTheClose() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram client = transfer(server, "--raw", List.of("--output", "half"));
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write(new byte[1000]);
            client.awaitOutput("Receiving half", TIMEOUT);
            end(client, "INT");
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(SIGINT);
            hasTheCloseOf("dst", server.getLocalPort());
        }
        assertThat(folder.resolve("half")).doesNotExist();
    }

    private RunningProgram transfer(ServerSocket server, String option, List<String> files) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("client", "--port", "" + server.getLocalPort()));
        arguments.addAll(List.of("--timeout", "60s", "--capture", "a.pcap"));
        if (!option.startsWith("--timeout")) {
            arguments.add(option);
        }
        arguments.addAll(files);
        return start("file-transfer", arguments.toArray(new String[0]));
    }

    private static void end(RunningProgram program, String signal) throws Exception {
        if (signal.equals("INT")) {
            program.interrupt();
        } else {
            program.terminate();
        }
    }

    private void hasTheCloseOf(String side, int port) throws Exception {
        String closes = "(tcp.flags.fin==1 || tcp.flags.reset==1) && tcp." + side + "port==" + port;
        assertThat(fields("a.pcap", closes, "tcp.flags"))
                .as("%s", fields("a.pcap", "tcp", "tcp.flags"))
                .isNotEmpty();
    }

    /** A program that is killed has no time to close anything. */
    @ParameterizedTest
    @CsvSource({"tcp-echo, --exercise=reverse, olleh", "selector-server, --quiet, HELLO"})
    void aServerThatIsKilledHasWhatItSaw(String lab, String option, String reply) throws Exception {
        Path file = folder.resolve("a.pcap");
        try (RunningProgram server =
                        start(lab, "server", "--bind", "127.0.0.1", "--port", "0", option, "--capture", "a.pcap");
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT))) {
            client.setSoTimeout((int) TIMEOUT.toMillis());
            client.getOutputStream().write("HELLO\n".getBytes(StandardCharsets.US_ASCII));
            awaitBytes(client, reply);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!contents(file).contains(reply) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            server.kill();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGKILL);
        }
        assertThat(fields("a.pcap", "tcp contains \"" + reply + "\"", "tcp.len"))
                .isNotEmpty();
        assertThat(String.join(" ", fields("a.pcap", "tcp", "tcp.flags"))).startsWith(HANDSHAKE_THEN_ACK);
    }

    private static void awaitBytes(Socket socket, String text) throws IOException {
        StringBuilder received = new StringBuilder();
        while (received.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(received.toString()).isNotNegative();
            received.append((char) next);
        }
    }

    private static String contents(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aServerWhoseDiskIsFullSaysSoAtOnceAndServesOn() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        List<String> command = SmallDisk.command(
                "a.pcap",
                command(
                        "tcp-echo",
                        "server",
                        "--exercise=echo",
                        "--quiet",
                        "--bind=127.0.0.1",
                        "--port=0",
                        "--once",
                        "--capture=a.pcap"));
        String fault = "cannot write a.pcap: No space left on device - what was written before, ";
        try (RunningProgram server = RunningProgram.start(small, command)) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT))) {
                client.setSoTimeout((int) TIMEOUT.toMillis());
                byte[] message = ("x".repeat(999) + "\n").getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 200; i++) {
                    exchange(client, message);
                }
                server.awaitError("\nwarning: " + fault, TIMEOUT);
                exchange(client, message);
                assertThat(server.error()).hasLineCount(2); // that it is ready is the first
            }
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.error()).contains("\nerror: " + fault).hasLineCount(3);
        }
        assertThat(fields("copy.pcap", "tcp.len==1000", "tcp.len")).hasSizeGreaterThan(10);
    }

    private static void exchange(Socket client, byte[] message) throws IOException {
        client.getOutputStream().write(message);
        assertThat(client.getInputStream().readNBytes(message.length)).isEqualTo(message);
    }

    /** The same port at another address is another server. */
    @Test
    void anotherServerOfThePortIsNotRecorded() throws Exception {
        try (RunningProgram server =
                        start("tcp-echo", "server", "--bind", "127.0.0.1", "--port", "0", "--capture", "server.pcap");
                ServerSocket other =
                        new ServerSocket(server.awaitReady(TIMEOUT), 1, InetAddress.getByName("127.0.0.2"));
                RunningProgram client =
                        start("tcp-echo", "client", "--port", "" + other.getLocalPort(), "--capture", "client.pcap")) {
            client.awaitOutput("Welcome", TIMEOUT);
            try (Socket stranger = new Socket(other.getInetAddress(), other.getLocalPort());
                    Socket accepted = other.accept()) {
                stranger.getOutputStream().write('x');
                assertThat(accepted.getInputStream().read()).isEqualTo('x');
            }
            client.endInput();
            assertThat(client.awaitExit(TIMEOUT)).isZero();
            server.interrupt();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGINT);
        }
        for (String file : List.of("server.pcap", "client.pcap")) {
            isComplete(folder.resolve(file), 0);
            assertThat(fields(file, "ip.addr==127.0.0.2", "frame.number")).isEmpty();
        }
    }

    @Test
    void aDatagramThatNobodyTakesHasItsIcmp() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (RunningProgram client = start("udp-echo", "client", "--port", "" + port, "--capture", "a.pcap", "x")) {
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
        }
        assertThat(fields("a.pcap", "icmp.type==3", "frame.number")).containsExactly("2");
    }

    @Test
    void standardOutputIsTheTranscripts() throws Exception {
        try (RunningProgram demo = start("tcp-echo", "demo", "--capture", "-")) {
            assertThat(demo.awaitExit(TIMEOUT)).isEqualTo(2);
            assertThat(demo.error()).startsWith("error: --capture wants a file");
            assertThat(demo.output()).isEmpty();
        }
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void aUdpServerThatIsInterruptedHasAllReplies() throws Exception {
        try (RunningProgram server =
                        start("udp-echo", "server", "--bind", "127.0.0.1", "--port", "0", "--capture", "a.pcap");
                DatagramSocket client = new DatagramSocket()) {
            client.connect(InetAddress.getLoopbackAddress(), server.awaitReady(TIMEOUT));
            for (int i = 0; i < 100; i++) {
                client.send(new DatagramPacket(new byte[] {'x'}, 1));
                client.receive(new DatagramPacket(new byte[1], 1));
            }
            server.interrupt();
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(SIGINT);
        }
        assertThat(fields("a.pcap", "udp", "udp.payload")).hasSize(200);
    }

    @Test
    void clientAndServerEachHaveTheWholeConnection() throws Exception {
        Path file = Files.writeString(folder.resolve("f.txt"), "some bytes");
        Path stored = Files.createDirectory(folder.resolve("stored"));
        bothComplete("file-transfer", List.of("--dir", stored.toString()), List.of(file.toString()));
        bothComplete("tcp-echo", List.of(), List.of("hello"));
        bothComplete("binary-protocol", List.of("--echo"), List.of("--echo", "hello"));
        bothComplete("http-server", List.of("--root", folder.toString()), List.of("f.txt"));
        bothComplete("selector-server", List.of(), List.of("hello"));
        bothComplete("threaded-server", List.of(), List.of("hello"));
    }

    private void bothComplete(String lab, List<String> ofServer, List<String> ofClient) throws Exception {
        List<String> server = new ArrayList<>(
                List.of("server", "--bind", "127.0.0.1", "--port", "0", "--once", "--capture", lab + "-s.pcap"));
        server.addAll(ofServer);
        try (RunningProgram serving = start(lab, server.toArray(new String[0]))) {
            List<String> client = new ArrayList<>(List.of(
                    "client", "--port", Integer.toString(serving.awaitReady(TIMEOUT)), "--capture", lab + "-c.pcap"));
            client.addAll(ofClient);
            try (RunningProgram asking = start(lab, client.toArray(new String[0]))) {
                assertThat(asking.awaitExit(TIMEOUT)).as(asking.error()).isZero();
            }
            assertThat(serving.awaitExit(TIMEOUT)).as(serving.error()).isZero();
        }
        isComplete(folder.resolve(lab + "-s.pcap"), 0);
        isComplete(folder.resolve(lab + "-c.pcap"), 0);
    }

    @Test
    void bothSidesOfAChatHaveTheWholeConnection() throws Exception {
        try (RunningProgram listener =
                start("threaded-server", "chat", "--name", "ann", "--listen", "0", "--once", "--capture", "a.pcap")) {
            String port = Integer.toString(listener.awaitReady(TIMEOUT));
            try (RunningProgram joiner =
                    start("threaded-server", "chat", "--name", "bob", "--capture", "b.pcap", "127.0.0.1", port)) {
                joiner.type("hello, ann\n");
                listener.awaitOutput("hello, ann", TIMEOUT);
                joiner.endInput();
                assertThat(joiner.awaitExit(TIMEOUT)).as(joiner.error()).isZero();
            }
            assertThat(listener.awaitExit(TIMEOUT)).as(listener.error()).isZero();
        }
        isComplete(folder.resolve("a.pcap"), 0);
        isComplete(folder.resolve("b.pcap"), 0);
    }

    @Test
    void anExerciseThatCannotBeRecordedDoesNotBegin() throws Exception {
        String error = "error: cannot write no/such/a.pcap: no such file or directory\n";
        for (String lab : List.of("tcp-echo", "udp-echo", "selector-server")) {
            try (RunningProgram server = start(lab, "server", "--port", "0", "--capture", "no/such/a.pcap")) {
                assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(server.error()).isEqualTo(error);
            }
            try (RunningProgram client = start(lab, "client", "--port", "1", "--capture", "no/such/a.pcap", "x")) {
                assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(client.error()).isEqualTo(error);
                assertThat(client.output()).isEmpty();
            }
        }
    }

    /** SYN, SYN-ACK, ACK; bytes; a FIN of either side; the last is an ACK without anything. */
    private void isComplete(Path file, int stream) throws Exception {
        List<String> flags = fields(file.toString(), "tcp.stream==" + stream, "tcp.flags");
        assertThat(String.join(" ", flags)).as(file + ", stream " + stream).startsWith(HANDSHAKE_THEN_ACK);
        assertThat(flags.get(flags.size() - 1)).as(file + ": " + flags).isEqualTo("0x0010");
        assertThat(fields(file.toString(), "tcp.stream==" + stream + " && " + FIN_BOTH, "tcp.srcport"))
                .as(file + ": " + flags)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(fields(file.toString(), "tcp.stream==" + stream + " && tcp.len>0", "tcp.len"))
                .isNotEmpty();
        assertThat(fields(
                        file.toString(), "tcp.analysis.ack_lost_segment || tcp.analysis.lost_segment", "frame.number"))
                .isEmpty();
    }

    /** What a demo prints, without what differs from run to run: an N stands for each number. */
    private String demo(String lab, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("demo"));
        arguments.addAll(List.of(options));
        try (RunningProgram demo = start(lab, arguments.toArray(new String[0]))) {
            assertThat(demo.awaitExit(TIMEOUT)).as(demo.error()).isZero();
            assertThat(demo.error()).startsWith("ready: ").hasLineCount(1);
            return demo.output()
                    .replaceAll("ETag: .*|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), ", "")
                    .replaceAll("[0-9]+", "N");
        }
    }

    private RunningProgram start(String lab, String... arguments) throws IOException {
        return RunningProgram.start(folder, command(lab, arguments));
    }

    private static List<String> command(String lab, String... arguments) {
        String module = "lab-" + lab;
        Path jar = Path.of("..", module, "target", module + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw Peers.missing(jar + " is not built");
        }
        List<String> command = new ArrayList<>(List.of(RunningProgram.java(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> fields(String file, String filter, String field) throws Exception {
        try (RunningProgram tshark =
                Peers.start(folder, "tshark", "-r", file, "-Y", filter, "-T", "fields", "-e", field)) {
            assertThat(tshark.awaitExit(LabJar.TIMEOUT)).as(tshark.error()).isZero();
            return tshark.output().lines().toList();
        }
    }
}
