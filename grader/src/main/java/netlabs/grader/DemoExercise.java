package netlabs.grader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One exercise of {@code ./lab demo}: programs to run, and what they must print and write. They run in
 * the folder of the output; in the arguments {@code {samples}} stands for the samples folder.
 *
 * @param lab the jar is {@code lab-<lab>/target/lab-<lab>.jar}
 * @param name also the folder of the output
 * @param server the server's arguments; empty where one process is all
 * @param client the arguments of the client, or of the one process; the server's port stands where
 *     {@code {port}} is, else behind {@code --port} is added
 * @param typed what is typed at the client
 * @param expected output file to its expectation in {@code samples/expected/}, both relative: {@code
 *     server.txt} and {@code client.txt} are the transcripts; a file that was transferred is compared
 *     with the one in {@code samples/}
 */
record DemoExercise(
        String lab, String name, List<String> server, List<String> client, String typed, Map<String, String> expected) {

    /** Frames of 20 bytes of text cut two of its characters. */
    private static final String CUT_IN_TWO = "three frames, a café cut in two and a ✓";

    /** Every lab that there is, in teaching order. A new lab adds its exercises here. */
    static final List<DemoExercise> ALL = List.of(
            new DemoExercise(
                    "tcp-echo",
                    "reverse",
                    List.of("server", "--once", "--port", "0"),
                    List.of("client", "--in", "{samples}/in-proj.txt"),
                    "",
                    Map.of(
                            "server.txt", "tcp-echo/reverse-server.txt",
                            "client.txt", "tcp-echo/reverse-client.txt",
                            "out-proj.txt", "out-proj.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "reverse-nasty",
                    List.of("server", "--once", "--port", "0"),
                    List.of("client", "--in", "{samples}/in-nasty.txt"),
                    "",
                    Map.of(
                            "server.txt", "tcp-echo/reverse-server.txt",
                            "client.txt", "tcp-echo/nasty-client.txt",
                            "out-proj.txt", "out-nasty.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of(
                            "client.txt", "tcp-echo/combined.txt",
                            "out-proj.txt", "tcp-echo/out-combined.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "upper",
                    List.of("server", "--exercise", "upper", "--once", "--port", "0"),
                    List.of("client", "--exercise", "upper"),
                    "hello, world\n",
                    Map.of(
                            "server.txt", "tcp-echo/upper-server.txt",
                            "client.txt", "tcp-echo/upper-client.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "secret",
                    List.of("server", "--exercise", "secret", "--once", "--port", "0"),
                    List.of("client", "--exercise", "secret", "123Ted", "32is", "343SECRET", "cool"),
                    "",
                    Map.of(
                            "server.txt", "tcp-echo/secret-server.txt",
                            "client.txt", "tcp-echo/secret-client.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "echo",
                    List.of("server", "--exercise", "echo", "--once", "--port", "0"),
                    List.of("client", "--exercise", "echo"),
                    "The same\nbytes back: ✓\n",
                    Map.of(
                            "server.txt", "tcp-echo/echo-server.txt",
                            "client.txt", "tcp-echo/echo-client.txt")),
            new DemoExercise(
                    "tcp-echo",
                    "nagle",
                    List.of(),
                    List.of("nagle", "--rounds", "5"),
                    "",
                    Map.of("client.txt", "tcp-echo/nagle.txt")),
            new DemoExercise(
                    "udp-echo",
                    "upper",
                    List.of("server", "--port", "0"),
                    List.of("client"),
                    "hello, world\n",
                    Map.of(
                            "server.txt", "udp-echo/upper-server.txt",
                            "client.txt", "udp-echo/upper-client.txt")),
            new DemoExercise(
                    "udp-echo",
                    "upper-loop",
                    List.of("server", "--port", "0"),
                    List.of("client", "--loop"),
                    "one\n\nstraße ✓\nquit\n",
                    Map.of(
                            "server.txt", "udp-echo/loop-server.txt",
                            "client.txt", "udp-echo/loop-client.txt")),
            new DemoExercise(
                    "udp-echo",
                    "print",
                    List.of("server", "--exercise", "print", "--port", "0"),
                    List.of("client", "--exercise", "print", "Hello, World!", "", "naïve ✓"),
                    "",
                    Map.of(
                            "server.txt", "udp-echo/print-server.txt",
                            "client.txt", "udp-echo/print-client.txt")),
            new DemoExercise(
                    "udp-echo",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "udp-echo/upper-combined.txt")),
            new DemoExercise(
                    "udp-echo",
                    "combined-chat",
                    List.of(),
                    List.of("demo", "--exercise", "chat"),
                    "",
                    Map.of("client.txt", "udp-echo/chat-combined.txt")),
            new DemoExercise(
                    "udp-echo",
                    "combined-print",
                    List.of(),
                    List.of("demo", "--exercise", "print"),
                    "",
                    Map.of("client.txt", "udp-echo/print-combined.txt")),
            new DemoExercise(
                    "threaded-server",
                    "echo",
                    List.of("server", "--once", "--port", "0"),
                    List.of("client"),
                    "The same\nbytes back: ✓\n",
                    Map.of(
                            "server.txt", "threaded-server/server.txt",
                            "client.txt", "threaded-server/client.txt")),
            new DemoExercise(
                    "threaded-server",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "threaded-server/combined.txt")),
            new DemoExercise(
                    "threaded-server",
                    "combined-pool",
                    List.of(),
                    List.of("demo", "--model", "pool"),
                    "",
                    Map.of("client.txt", "threaded-server/combined-pool.txt")),
            new DemoExercise(
                    "threaded-server",
                    "chat",
                    List.of("chat", "--listen", "0", "--name", "R2", "--once"),
                    List.of("chat", "127.0.0.1", "{port}", "--name", "KALI"),
                    "Hi, my name is KALI\nGood bye: ✓\n",
                    Map.of(
                            "server.txt", "threaded-server/chat-listen.txt",
                            "client.txt", "threaded-server/chat-join.txt")),
            new DemoExercise(
                    "selector-server",
                    "echo",
                    List.of("server", "--once", "--port", "0"),
                    List.of("client"),
                    "The same\nbytes back: ✓\n",
                    Map.of(
                            "server.txt", "selector-server/server.txt",
                            "client.txt", "selector-server/client.txt")),
            new DemoExercise(
                    "selector-server",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "selector-server/combined.txt")),
            new DemoExercise(
                    "selector-server",
                    "combined-loops",
                    List.of(),
                    List.of("demo", "--loops", "2"),
                    "",
                    Map.of("client.txt", "selector-server/combined-loops.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "fixed",
                    List.of("server", "--echo", "--once", "--port", "0"),
                    List.of("client", "--echo", "HELLO", CUT_IN_TWO),
                    "",
                    Map.of(
                            "server.txt", "binary-protocol/fixed-server.txt",
                            "client.txt", "binary-protocol/fixed-client.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "variable",
                    List.of("server", "--kind", "variable", "--layout", "size-order", "--once", "--port", "0"),
                    List.of("client", "--kind", "variable", "--layout", "size-order", "--order", "4294967295"),
                    "HELLO\n\nin one frame, naïve ✓\n",
                    Map.of(
                            "server.txt", "binary-protocol/variable-server.txt",
                            "client.txt", "binary-protocol/variable-client.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "binary-protocol/combined-fixed.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "combined-variable",
                    List.of(),
                    List.of("demo", "--kind", "variable"),
                    "",
                    Map.of("client.txt", "binary-protocol/combined-variable.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "hexdump",
                    List.of(),
                    List.of("hexdump", "--pad", "nul", "HELLO", CUT_IN_TWO),
                    "",
                    Map.of("client.txt", "binary-protocol/hexdump-fixed.txt")),
            new DemoExercise(
                    "binary-protocol",
                    "hexdump-variable",
                    List.of(),
                    List.of("hexdump", "--kind", "variable", "HELLO", "", CUT_IN_TWO),
                    "",
                    Map.of("client.txt", "binary-protocol/hexdump-variable.txt")),
            new DemoExercise(
                    "file-transfer",
                    "send",
                    List.of("server", "--dir", ".", "--once", "--port", "0"),
                    List.of("client", "{samples}/in-proj.txt", "{samples}/in-empty.txt"),
                    "",
                    Map.of(
                            "server.txt", "file-transfer/server.txt",
                            "client.txt", "file-transfer/client.txt",
                            "in-proj.txt", "../in-proj.txt",
                            "in-empty.txt", "../in-empty.txt")),
            new DemoExercise(
                    "file-transfer",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "file-transfer/combined.txt")),
            new DemoExercise(
                    "file-transfer",
                    "raw",
                    List.of("server", "--raw", "--output", "copy.txt", "--dir", ".", "--once", "--port", "0"),
                    List.of("client", "--raw", "{samples}/in-proj.txt"),
                    "",
                    Map.of(
                            "server.txt", "file-transfer/raw-received.txt",
                            "client.txt", "file-transfer/raw-sent.txt",
                            "copy.txt", "../in-proj.txt")),
            new DemoExercise(
                    "file-transfer",
                    "raw-fetch",
                    List.of("server", "--raw", "--send", "{samples}/in-proj.txt", "--once", "--port", "0"),
                    List.of("client", "--raw", "--output", "copy.txt"),
                    "",
                    Map.of(
                            "server.txt", "file-transfer/raw-sent.txt",
                            "client.txt", "file-transfer/raw-received.txt",
                            "copy.txt", "../in-proj.txt")),
            new DemoExercise(
                    "http-server",
                    "get",
                    List.of("server", "--root", "{samples}/www", "--once", "--port", "0"),
                    List.of("client", "127.0.0.1", "{port}", "hello.html"),
                    "",
                    Map.of(
                            "server.txt", "http-server/get-server.txt",
                            "client.txt", "http-server/get-client.txt")),
            new DemoExercise(
                    "http-server",
                    "head",
                    List.of("server", "--root", "{samples}/www", "--model", "thread", "--once", "--port", "0"),
                    List.of("client", "--head", "handshake.png"),
                    "",
                    Map.of(
                            "server.txt", "http-server/head-server.txt",
                            "client.txt", "http-server/head-client.txt")),
            new DemoExercise(
                    "http-server",
                    "output",
                    List.of("server", "--root", "{samples}/www", "--model", "selector", "--once", "--port", "0"),
                    List.of("client", "--output", "copy.png", "handshake.png"),
                    "",
                    Map.of(
                            "server.txt", "http-server/output-server.txt",
                            "client.txt", "http-server/output-client.txt",
                            "copy.png", "../www/handshake.png")),
            new DemoExercise(
                    "http-server",
                    "not-found",
                    List.of("server", "--root", "{samples}/www", "--once", "--port", "0"),
                    List.of("client", "none.html"),
                    "",
                    Map.of(
                            "server.txt", "http-server/not-found-server.txt",
                            "client.txt", "http-server/not-found-client.txt")),
            new DemoExercise(
                    "http-server",
                    "list",
                    List.of("server", "--root", "{samples}/www", "--list", "--model", "pool", "--once", "--port", "0"),
                    List.of("client", "files/"),
                    "",
                    Map.of(
                            "server.txt", "http-server/list-server.txt",
                            "client.txt", "http-server/list-client.txt")),
            new DemoExercise(
                    "http-server",
                    "combined",
                    List.of(),
                    List.of("demo"),
                    "",
                    Map.of("client.txt", "http-server/combined.txt")),
            new DemoExercise(
                    "http-server",
                    "combined-thread",
                    List.of(),
                    List.of("demo", "--model", "thread"),
                    "",
                    Map.of("client.txt", "http-server/combined.txt")),
            new DemoExercise(
                    "http-server",
                    "combined-select",
                    List.of(),
                    List.of("demo", "--model", "selector"),
                    "",
                    Map.of("client.txt", "http-server/combined.txt")));

    /** The client's arguments for a server on {@code port}. */
    List<String> clientOf(int port) {
        List<String> arguments = new ArrayList<>(client);
        if (arguments.contains("{port}")) {
            arguments.replaceAll(argument -> argument.replace("{port}", Integer.toString(port)));
        } else {
            arguments.addAll(1, List.of("--port", Integer.toString(port)));
        }
        return arguments;
    }

    /** Whether the server ends by itself. One without {@code --once}, as over UDP, has to be told to. */
    boolean serverEnds() {
        return server.contains("--once");
    }
}
