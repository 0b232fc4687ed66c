package netlabs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import netlabs.bench.peers.BareDatagrams;
import netlabs.bench.peers.BareNio;
import netlabs.bench.peers.BareThread;
import netlabs.bench.peers.BareVirtual;
import netlabs.bench.peers.NettyDatagrams;
import netlabs.bench.peers.NettyEpoll;
import netlabs.bench.peers.NettyFramesEpoll;
import netlabs.bench.peers.NettyFramesNio;
import netlabs.bench.peers.NettyNio;

/**
 * A suite that counts round trips: who takes part, and under what load. A new one is a constant here
 * and a line in {@link Bench}.
 *
 * @param name what the user types
 * @param summary for the help
 * @param defaults of its options
 * @param generator the load generator's source in {@code bench/src/main/c}
 * @param yardstick the contestant in C that the others are compared with, also its source's name
 * @param rivals the other contestants that the table has ratios to
 * @param workloads the kinds of work, each with its own contest
 */
record LoadSuite(
        String name,
        String summary,
        SuiteDefaults defaults,
        String generator,
        Yardstick yardstick,
        List<String> rivals,
        List<Workload> workloads) {

    /**
     * The least that the job takes on this kernel.
     *
     * @param name the contestant's
     * @param source the name of its source without {@code .c}
     */
    record Yardstick(String name, String source) {}

    /**
     * One kind of work.
     *
     * @param name for the tables; empty where the suite has only this one
     * @param messages what the generator sends
     * @param contestants who takes part besides the yardstick, labs first
     */
    record Workload(String name, Messages messages, Function<Installation, List<Contestant>> contestants) {}

    private static final String[] TCP_SERVER = {
        "--bind", "127.0.0.1", "--port", "0", "--quiet", "--max-clients", "20000"
    };

    /** LABS.md §3 and §4: lines back on many connections. */
    static final LoadSuite ECHO = new LoadSuite(
            "echo",
            "Lines of 64 bytes, sent back by TCP servers: round trips a second, each connection with one on its way.",
            new SuiteDefaults("--connections", "connections", List.of(64, 1000), 5),
            "load",
            new Yardstick("epoll-c", "epoll_echo"),
            List.of(),
            List.of(new Workload("", Messages.LINES, LoadSuite::echoServers)));

    /**
     * How many frames a connection has on their way. With 32 a single one measures how long it takes to wake up server and
     * generator (a third of a processor each), with so many the server is busy: at 85 to 90 %.
     */
    private static final int WINDOW = 512;

    /** LABS.md §5: frames back. A byte echo is the least that this takes, so the yardstick is that of {@link #ECHO}. */
    static final LoadSuite FRAMES = new LoadSuite(
            "frames",
            "Fixed frames of 29 bytes and variable ones with 64 bytes of text, sent back by TCP servers: frames a"
                    + " second, each connection with " + WINDOW + " on their way.",
            new SuiteDefaults("--connections", "connections", List.of(1, 64), 5),
            "load",
            ECHO.yardstick,
            List.of("netty-nio", "netty-epoll"),
            List.of(frames("fixed", 29), frames("variable", 9 + 64)));

    /** LABS.md §2: datagrams back in upper case. */
    static final LoadSuite UDP = new LoadSuite(
            "udp",
            "Datagrams of 64 bytes, sent back in upper case: round trips a second, each socket with one on its way.",
            new SuiteDefaults("--sockets", "client sockets", List.of(1, 64), 5),
            "udp_load",
            new Yardstick("recvfrom-c", "udp_upper"),
            List.of(),
            List.of(new Workload(
                    "",
                    Messages.LINES,
                    at -> List.of(
                            at.lab(
                                    "udp-echo",
                                    "lab-udp-echo",
                                    "server",
                                    "--exercise",
                                    "upper",
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    "0",
                                    "--quiet"),
                            at.java("bare-nio", BareDatagrams.class),
                            at.nettyNative("netty-epoll", NettyDatagrams.class),
                            at.python("python", "udp_upper.py")))));

    /** The labs and peers of {@link #ECHO} and of the idle suite. */
    static List<Contestant> echoServers(Installation at) {
        return List.of(
                at.lab("selector", "lab-selector-server", tcpServer()),
                at.lab("thread", "lab-threaded-server", tcpServer("--model", "thread")),
                at.virtual(at.lab("virtual", "lab-threaded-server", tcpServer("--model", "virtual"))),
                at.java("bare-nio", BareNio.class),
                at.java("bare-thread", BareThread.class),
                at.virtual(at.java("bare-virtual", BareVirtual.class)),
                at.nettyNative("netty-epoll", NettyEpoll.class),
                at.netty("netty-nio", NettyNio.class),
                at.python("python", "selectors_echo.py"));
    }

    private static Workload frames(String kind, int bytes) {
        return new Workload(
                kind + " frames",
                Messages.frames(kind, bytes, WINDOW),
                at -> List.of(
                        at.lab("binary", "lab-binary-protocol", tcpServer("--kind", kind, "--echo")),
                        at.netty("netty-nio", NettyFramesNio.class, kind),
                        at.nettyNative("netty-epoll", NettyFramesEpoll.class, kind),
                        at.python("python", "struct_echo.py", kind)));
    }

    /** The yardstick and the contestants of all workloads, as they are on this machine. */
    List<Contestant> contestants(Installation at) {
        List<Contestant> all = new ArrayList<>();
        for (Workload workload : workloads) {
            all.add(at.c(yardstick.name(), at.nativeProgram(yardstick.source())).doing(workload.name()));
            for (Contestant contestant : workload.contestants().apply(at)) {
                all.add(contestant.doing(workload.name()));
            }
        }
        return all;
    }

    private static String[] tcpServer(String... more) {
        List<String> arguments = new ArrayList<>(List.of("server"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(TCP_SERVER));
        return arguments.toArray(String[]::new);
    }
}
