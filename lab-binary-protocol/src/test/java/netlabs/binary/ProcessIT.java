package netlabs.binary;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import netlabs.common.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab's jar as a user and a grading script run it, and the Python originals at either end. */
@Timeout(120)
class ProcessIT {
    private static final List<String> MESSAGES = List.of("HELLO", "exactly 20 bytes ...", "x");

    @TempDir
    private Path folder;

    private static List<String> with(List<String> words, List<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return all;
    }

    private RunningProgram server(String language, String kind, List<String> options) throws IOException {
        if (language.equals("java")) {
            List<String> start = List.of("server", "--kind", kind, "--bind", "127.0.0.1", "--port", "0");
            return LabJar.start(folder, with(start, options).toArray(new String[0]));
        }
        return Peers.python(
                folder,
                "binary_" + kind + "_server.py",
                with(List.of("0"), options).toArray(new String[0]));
    }

    private RunningProgram client(String language, String kind, int port, List<String> options) throws IOException {
        List<String> words = with(options, MESSAGES);
        if (language.equals("java")) {
            List<String> start = List.of("client", "--kind", kind, "--port", Integer.toString(port));
            return LabJar.start(folder, with(start, words).toArray(new String[0]));
        }
        return Peers.python(
                folder,
                "binary_" + kind + "_client.py",
                with(List.of("127.0.0.1", Integer.toString(port)), words).toArray(new String[0]));
    }

    /** The options for one side: the originals have size-order where nothing is said, Java order-size. */
    private static List<String> options(String language, String layout, boolean echo) {
        List<String> options = new ArrayList<>();
        if (echo) {
            options.add("--echo");
        }
        if (language.equals("java") && layout.equals("size-order")) {
            options.addAll(List.of("--layout", "size-order"));
        } else if (language.equals("python") && layout.equals("order-size")) {
            options.add("--order-size");
        }
        return options;
    }

    /** The lines of one side; Python prints the padding. */
    private static List<String> lines(String word, String language, String kind) {
        List<String> lines = new ArrayList<>();
        for (String message : MESSAGES) {
            String text = language.equals("python") && kind.equals("fixed")
                    ? message + "-".repeat(20 - message.length())
                    : message;
            lines.add(word + " ver: 1, order: " + (lines.size() + 1) + ", size: " + message.length() + " -> " + text);
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "java, java, fixed, ''",
        "java, python, fixed, ''",
        "python, java, fixed, ''",
        "python, python, fixed, ''",
        "java, java, variable, order-size",
        "java, python, variable, order-size",
        "python, java, variable, order-size",
        "python, python, variable, order-size",
        "java, java, variable, size-order",
        "java, python, variable, size-order",
        "python, java, variable, size-order",
        "python, python, variable, size-order"
    })
    void everyPairing(String clientIn, String serverIn, String kind, String layout) throws Exception {
        for (boolean echo : new boolean[] {false, true}) {
            try (RunningProgram server = server(serverIn, kind, options(serverIn, layout, echo))) {
                int port = server.awaitReady(TIMEOUT);
                List<String> sent = lines("Sent", clientIn, kind);
                List<String> received = lines("Received", clientIn, kind);
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < sent.size(); i++) {
                    expected.add(sent.get(i));
                    if (echo) {
                        expected.add(received.get(i));
                    }
                }
                try (RunningProgram client = client(clientIn, kind, port, options(clientIn, layout, echo))) {
                    assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
                    assertThat(client.output().lines()).isEqualTo(expected);
                    assertThat(client.error()).isEmpty();
                }
                List<String> printed = lines("Received", serverIn, kind);
                server.awaitOutput(printed.get(printed.size() - 1) + "\n", TIMEOUT);
                assertThat(server.output().lines()).isEqualTo(printed);
                assertThat(server.error()).hasLineCount(1);
            }
        }
    }

    @Test
    void anOriginalsTruncatedFrameIsPrintedAndTheRestIsSaidToBeMissing() throws Exception {
        try (RunningProgram server = server("java", "fixed", List.of("--once"))) {
            String port = Integer.toString(server.awaitReady(TIMEOUT));
            String message = "a message of more than twenty bytes";
            try (RunningProgram client =
                    Peers.python(folder, "binary_fixed_client.py", "127.0.0.1", port, message, "HELLO")) {
                assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
            }
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(0);
            assertThat(server.output())
                    .isEqualTo("Received ver: 1, order: 1, size: 35 -> a message of more th\n"
                            + "Received ver: 1, order: 2, size: 5 -> HELLO\n");
            assertThat(server.error()).endsWith("): the message of 35 bytes ended after 20\n");
        }
    }

    @Test
    void messagesComeFromAFileOrTheKeyboard() throws Exception {
        Path in = Files.writeString(folder.resolve("in.txt"), "one\n\nnaïve ✓");
        String expected = "Received ver: 1, order: 1, size: 3 -> one\n"
                + "Received ver: 1, order: 2, size: 0 -> \n"
                + "Received ver: 1, order: 3, size: 10 -> naïve ✓\n";
        for (List<String> arguments : List.of(List.of("--in", in.toString()), List.<String>of())) {
            try (RunningProgram server = server("java", "fixed", List.of("--once"))) {
                List<String> all = with(List.of("client", "--port", "" + server.awaitReady(TIMEOUT)), arguments);
                try (RunningProgram client = LabJar.start(folder, all.toArray(new String[0]))) {
                    if (arguments.isEmpty()) {
                        client.type(Files.readString(in));
                    }
                    client.endInput();
                    assertThat(client.awaitExit(TIMEOUT)).as(client.toString()).isEqualTo(0);
                    assertThat(client.output()).isEqualTo(expected.replace("Received", "Sent"));
                }
                assertThat(server.awaitExit(TIMEOUT)).isEqualTo(0);
                assertThat(server.output()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aServerWithoutEchoIsSaid() throws Exception {
        try (RunningProgram server = server("java", "fixed", List.of())) {
            int port = server.awaitReady(TIMEOUT);
            try (RunningProgram client = client("java", "fixed", port, List.of("--echo", "--timeout", "300ms"))) {
                assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(client.error())
                        .isEqualTo("error: no echo from 127.0.0.1:" + port
                                + " within 300 ms - is the server run with --echo?\n");
            }
        }
    }

    @Test
    void aClientTooManyIsDisconnectedAndSaysIt() throws Exception {
        byte[] frame = HexFormat.of().parseHex("01000000010000000141");
        try (RunningProgram server = server("java", "variable", List.of("--echo", "--max-clients", "1"))) {
            int port = server.awaitReady(TIMEOUT);
            try (Wire first = Wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .send(frame)
                            .expect(frame);
                    RunningProgram second = client("java", "variable", port, List.of("--echo"))) {
                assertThat(second.awaitExit(TIMEOUT)).isEqualTo(1);
                assertThat(second.error())
                        .matches("error: 127.0.0.1:" + port
                                + " (reset the connection|closed the connection before .*) - .*\n")
                        .hasLineCount(1);
                first.halfClose().expectEnd();
            }
        }
    }

    @Test
    void aTypedLineMayBeAsLongAsAMessage() throws Exception {
        try (RunningProgram server = server("java", "variable", List.of("--once"));
                RunningProgram client = LabJar.start(
                        folder, "client", "--kind", "variable", "--port", "" + server.awaitReady(TIMEOUT))) {
            client.type("x".repeat(1 << 20) + "\n");
            client.endInput();
            assertThat(client.awaitExit(TIMEOUT)).as(client.error()).isEqualTo(0);
            assertThat(server.awaitExit(TIMEOUT)).as(server.error()).isEqualTo(0);
            assertThat(server.output()).startsWith("Received ver: 1, order: 1, size: 1048576 -> xxx");
        }
    }

    @Test
    void onceFailsWhereItsClientDoes() throws Exception {
        try (RunningProgram server = server("java", "variable", List.of("--once", "--max-size", "4"));
                RunningProgram client = client("java", "variable", server.awaitReady(TIMEOUT), List.of("--echo"))) {
            assertThat(client.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(1);
            assertThat(server.error()).contains(") sent a frame of 5 bytes, more than 4 (--max-size)\n");
        }
    }

    @Test
    void sigtermEndsItWithHalfAFrameUnread() throws Exception {
        byte[] frame = HexFormat.of().parseHex("01000000010000000141");
        byte[] next = HexFormat.of().parseHex("01000000020000000142");
        try (RunningProgram server = server("java", "variable", List.of("--echo"))) {
            int port = server.awaitReady(TIMEOUT);
            try (Wire client = Wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                client.send(frame).expect(frame).send(next).send(HexFormat.of().parseHex("0100"));
                server.terminate();
                client.expect(next).expectEnd();
            }
            assertThat(server.awaitExit(TIMEOUT)).isEqualTo(143);
            assertThat(server.output()).hasLineCount(2);
            assertThat(server.error()).startsWith("ready: ").hasLineCount(1);
        }
    }

    @Test
    void wrongUsageIsStatus2() throws Exception {
        for (String arguments : List.of(
                "server --layout size-order",
                "server --kind fixed --layout order-size",
                "server --pad x",
                "server --max-size 2GiB",
                "client --kind variable --pad x",
                "client --pad xy",
                "client --pad é",
                "client --order -1",
                "client --order 4294967296",
                "client --kind both",
                "hexdump --kind variable --pad nul",
                "hexdump --file x.bin HELLO",
                "hexdump --file x.bin --order 2",
                "demo --layout size-order")) {
            try (RunningProgram program = LabJar.start(folder, arguments.split(" "))) {
                assertThat(program.awaitExit(TIMEOUT)).as(arguments).isEqualTo(2);
                assertThat(program.error()).as(arguments).startsWith("error: ").hasLineCount(1);
            }
        }
    }
}
