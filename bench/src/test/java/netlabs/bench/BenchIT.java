package netlabs.bench;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar, with the peers in C, bare Java and Netty. */
@Timeout(180)
class BenchIT {
    private static final String HOME = LabJar.samples().getParent().toString();

    @TempDir
    private Path folder;

    private RunningProgram bench(String... arguments) throws IOException {
        return LabJar.start(folder, arguments);
    }

    private JsonNode run(String suite, String... arguments) throws Exception {
        Peers.require("gcc");
        List<String> all = new ArrayList<>(List.of("--seconds", "1", "--warm-up", "200ms"));
        all.addAll(List.of(arguments));
        return runOnce(suite, all);
    }

    private JsonNode runOnce(String suite, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(suite, "--home", HOME, "--json", "report.json", "--rounds", "1"));
        all.addAll(arguments);
        try (RunningProgram bench = bench(all.toArray(String[]::new))) {
            assertThat(bench.awaitExit(TIMEOUT)).as(bench.toString()).isEqualTo(0);
            assertThat(bench.output()).contains("every round's figures: report.json\n");
        }
        return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    }

    @Test
    void echoIsMeasured() throws Exception {
        JsonNode report = run("echo", "--connections", "8", "--only", "epoll-c,bare-nio,netty-epoll");
        assertThat(report.path("samples")).hasSize(3);
        for (JsonNode sample : report.path("samples")) {
            assertThat(sample.path("load").asInt()).isEqualTo(8);
            assertThat(sample.path("figures").path("per_second").asDouble()).isPositive();
            assertThat(sample.path("figures").path("server_cpu_seconds").asDouble())
                    .isPositive();
            assertThat(sample.path("figures").path("starved").asInt()).isZero();
        }
        assertThat(report.path("summary").path(1).path("ratios").path("epoll-c").asDouble())
                .isPositive();
        assertThat(report.path("contestants").path(1).path("command").toString())
                .contains("netlabs.bench.peers.BareNio");
    }

    /** Not as ./lab starts it, which would make its archive anew after each build. */
    @Test
    void recordersAreMeasured() throws Exception {
        Peers.require("gcc");
        Peers.require("tcpdump");
        requireCapture();
        JsonNode report =
                runOnce("capture", List.of("--count", "20000", "--rate", "20000", "--only", "java-jar,tcpdump"));
        assertThat(report.path("samples")).hasSize(2);
        for (JsonNode sample : report.path("samples")) {
            assertThat(sample.path("figures").path("sent").asInt()).isEqualTo(20_000);
            assertThat(sample.path("figures").path("kept").asInt()).isEqualTo(20_000);
            assertThat(sample.path("figures").path("cpu_seconds").asDouble()).isPositive();
        }
        assertThat(report.path("summary")
                        .path(0)
                        .path("cpu_ratios")
                        .path("tcpdump")
                        .asDouble())
                .isPositive();
    }

    /** Likewise. */
    @Test
    void readersAreMeasured() throws Exception {
        Peers.require("gcc");
        Peers.require("tshark");
        requireCapture();
        JsonNode report = runOnce(
                "capture-read",
                List.of("--quick", "--packets", "20000", "--streams", "50", "--only", "java-jar,tshark"));
        assertThat(report.path("samples")).hasSize(2);
        for (JsonNode sample : report.path("samples")) {
            assertThat(sample.path("figures").path("packets").asInt()).isEqualTo(20_000);
            assertThat(sample.path("figures").path("seconds").asDouble()).isPositive();
            assertThat(sample.path("figures").path("cpu_seconds").asDouble()).isPositive();
            assertThat(sample.path("figures").path("peak_kib").asInt()).isGreaterThan(1024);
        }
        assertThat(report.path("summary").path(0).path("ratios").path("tshark").asDouble())
                .isPositive();
        assertThat(report.path("settings").path("bytes").asInt()).isGreaterThan(20_000 * 100);
    }

    private static void requireCapture() {
        if (!Files.exists(Path.of(HOME, "capture/target/capture.jar"))) {
            throw Peers.missing("capture is not built");
        }
    }

    @Test
    void framesAreMeasured() throws Exception {
        Peers.require("python3");
        JsonNode report = run("frames", "--connections", "2", "--only", "epoll-c,netty-nio,netty-epoll,python");
        assertThat(report.path("samples")).hasSize(8);
        for (JsonNode sample : report.path("samples")) {
            assertThat(sample.path("figures").path("per_second").asDouble()).isPositive();
        }
        JsonNode last = report.path("summary").path(7);
        assertThat(last.path("workload").asText()).isEqualTo("variable frames");
        assertThat(last.path("ratios").path("netty-epoll").asDouble()).isPositive();
    }

    @Test
    void udpIsMeasured() throws Exception {
        Peers.require("python3");
        JsonNode report = run("udp", "--sockets", "4", "--only", "recvfrom-c,bare-nio,netty-epoll,python");
        assertThat(report.path("samples")).hasSize(4);
        for (JsonNode sample : report.path("samples")) {
            assertThat(sample.path("figures").path("per_second").asDouble()).isPositive();
        }
    }

    @Test
    void idleConnectionsAreMeasured() throws Exception {
        JsonNode report = run("idle", "--idle", "50", "--busy", "4", "--only", "epoll-c,bare-thread,netty-nio");
        assertThat(report.path("samples")).hasSize(3);
        for (JsonNode sample : report.path("samples")) {
            JsonNode figures = sample.path("figures");
            assertThat(figures.path("resident_idle_kib").asLong()).isPositive();
            assertThat(figures.path("idle_cpu_seconds").asDouble()).isLessThan(0.5);
            assertThat(figures.path("busy").path("per_second").asDouble()).isPositive();
        }
    }

    /** With those of the peers that are there; the labs are for their own tests. */
    @Test
    void transfersAreMeasured() throws Exception {
        Peers.require("gcc");
        Peers.require("python3");
        Peers.require("nc.openbsd");
        Path files = folder.resolve("files");
        JsonNode report = runOnce(
                "transfer",
                List.of("--size", "8MiB", "--folder", files.toString(), "--only", "nc,socat,python,iperf3"));
        assertThat(report.path("samples")).hasSize(running(report));
        for (JsonNode summary : report.path("summary")) {
            assertThat(summary.path("gb_per_second").path("median").asDouble()).isPositive();
            assertThat(summary.path("ratios").path("nc").asDouble()).isPositive();
        }
        assertThat(report.path("settings").path("bytes").asLong()).isEqualTo(8 << 20);
        assertThat(files).isEmptyDirectory();
    }

    @Test
    void whenATransferIsEndedNothingIsLeft() throws Exception {
        Peers.require("gcc");
        Peers.require("python3");
        Path files = folder.resolve("files");
        List<String> arguments = List.of("--size", "64MiB", "--only", "python", "--folder", files.toString());
        List<String> all = new ArrayList<>(List.of("transfer", "--home", HOME, "--json", "r.json"));
        all.addAll(List.of("--rounds", "1000"));
        all.addAll(arguments);
        try (RunningProgram bench = bench(all.toArray(String[]::new))) {
            bench.awaitOutput("round 1/1000, into a new file, MiB: 64, python: ", TIMEOUT);
            List<ProcessHandle> children =
                    ProcessHandle.of(bench.pid()).orElseThrow().descendants().toList();
            bench.terminate();
            assertThat(bench.awaitExit(TIMEOUT)).isEqualTo(143);
            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(files).isEmptyDirectory();
    }

    /** With those of the peers that are there; the labs are for their own tests. */
    @Test
    void filesOverHttpAreMeasured() throws Exception {
        Peers.require("gcc");
        Peers.require("wrk");
        Peers.require("nginx");
        List<String> arguments = new ArrayList<>(List.of("--seconds", "1", "--warm-up", "0", "--connections", "4"));
        arguments.addAll(List.of("--files", "3KiB", "--only", "nginx,nginx-cache,jetty,microhttp,jwebserver"));
        JsonNode report = runOnce("http", arguments);
        assertThat(report.path("samples")).hasSize(running(report));
        assertThat(report.path("samples").size()).isGreaterThanOrEqualTo(4);
        for (JsonNode summary : report.path("summary")) {
            assertThat(summary.path("workload").asText()).isEqualTo("file: 3KiB");
            assertThat(summary.path("ratios").path("nginx").asDouble()).isPositive();
            assertThat(summary.path("peak_kib").path("median").asDouble()).isGreaterThan(1024);
        }
        assertThat(report.path("settings").path("files").path(0).asInt()).isEqualTo(3 << 10);
    }

    @Test
    void memoryUnderALongLoadIsMeasured() throws Exception {
        Peers.require("gcc");
        Peers.require("wrk");
        JsonNode report = runOnce(
                "http-soak",
                List.of("--seconds", "2", "--connections", "4", "--files", "100KiB", "--only", "microhttp"));
        JsonNode figures = report.path("samples").path(0).path("figures");
        assertThat(figures.path("memory").size()).isGreaterThanOrEqualTo(2);
        assertThat(figures.path("memory").path(0).path("kib").asLong()).isGreaterThan(1024);
        assertThat(figures.path("errors").asLong()).isZero();
    }

    /** Neither nginx's worker nor a file. */
    @Test
    void whenALoadOfHttpIsEndedNothingIsLeft() throws Exception {
        Peers.require("gcc");
        Peers.require("wrk");
        Peers.require("nginx");
        Path home = homeWithoutLabs();
        String[] arguments = {"http", "--home", home.toString(), "--rounds", "1000", "--only", "nginx"};
        try (RunningProgram bench = bench(arguments)) {
            List<ProcessHandle> children =
                    descendants(ProcessHandle.of(bench.pid()).orElseThrow(), Map.of("nginx", 2L, "/wrk", 1L));
            bench.terminate();
            assertThat(bench.awaitExit(TIMEOUT)).isEqualTo(143);
            assertThat(bench.output()).doesNotContain("FAILED");
            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        }
        // Nor one that was started when its end had begun.
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (process.info().commandLine().orElse("").contains(home.toString())) {
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(home.resolve("bench/target/http")).isEmptyDirectory();
    }

    /** How many contestants of a report were not missing. */
    private static int running(JsonNode report) {
        int running = 0;
        for (JsonNode contestant : report.path("contestants")) {
            running += contestant.path("missing").asText().isEmpty() ? 1 : 0;
        }
        return running;
    }

    private Path homeWithoutLabs() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.createDirectories(home.resolve("bench"));
        Files.createSymbolicLink(home.resolve("bench/src"), Path.of(HOME, "bench/src"));
        return home;
    }

    @Test
    void aMissingLabIsSaidAndTheRestRuns() throws Exception {
        Peers.require("gcc");
        Path home = homeWithoutLabs();
        try (RunningProgram bench = bench(
                "echo", "--home", home.toString(), "--quick", "--connections", "2", "--only", "selector,bare-nio")) {
            assertThat(bench.awaitExit(TIMEOUT)).as(bench.toString()).isEqualTo(0);
            assertThat(bench.output())
                    .contains("missing: selector - there is no lab-selector-server in " + home)
                    .contains("round 2/2, connections: 2, bare-nio: ")
                    .containsPattern("\nselector +missing\n");
        }
        assertThat(home.resolve("bench/target/echo.json")).isNotEmptyFile();
    }

    @Test
    void startupIsMeasured() throws Exception {
        Peers.require("python3");
        try (RunningProgram bench = bench(
                "startup",
                "--home",
                HOME,
                "--rounds",
                "1",
                "--json",
                "startup.json",
                Jdk.running().home().toString())) {
            int status = bench.awaitExit(TIMEOUT);
            if (!Files.exists(StartupContestants.jar(Path.of(HOME)))) {
                assertThat(status).isEqualTo(1);
                assertThat(bench.error()).contains("lab-tcp-echo is not built");
                return;
            }
            assertThat(status).as(bench.toString()).isEqualTo(0);
            assertThat(bench.output()).contains("hello world", "java -jar", "./lab", "Python client");
        }
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("startup.json").toFile());
        assertThat(report.path("samples")).hasSize(4);
        assertThat(report.path("summary").path(0).path("ratio").asDouble()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsTold() throws Exception {
        for (String[] arguments : new String[][] {
            {},
            {"nosuch"},
            {"echo", "--only", "nobody"},
            {"echo", "--connections", "64,many"},
            {"udp", "--sockets", "0"},
            {"idle", "--java-home", "/no/such/jdk"},
            {"transfer", "--size", "100KiB"},
            {"http", "--files", "1KiB,1KB"},
            {"http-soak", "--connections", "0"},
            {"capture-read", "--packets", "6999"}
        }) {
            try (RunningProgram bench = bench(arguments)) {
                assertThat(bench.awaitExit(TIMEOUT)).as(bench.toString()).isEqualTo(2);
                assertThat(bench.error()).startsWith("error: ").hasLineCount(1);
            }
        }
    }

    @Test
    void theLauncherHandsItsWordsOn() throws Exception {
        Peers.require("sh");
        String lab = Path.of(HOME, "lab").toString();
        try (RunningProgram help = RunningProgram.start(folder, List.of(lab, "bench", "--help"))) {
            assertThat(help.awaitExit(TIMEOUT)).as(help.toString()).isEqualTo(0);
            assertThat(help.output())
                    .contains(
                            "startup",
                            "echo",
                            "frames",
                            "idle",
                            "udp",
                            "transfer",
                            "http",
                            "http-soak",
                            "capture-read");
        }
    }

    @Test
    void whenItIsEndedNoChildIsLeft() throws Exception {
        Peers.require("gcc");
        try (RunningProgram bench = bench(
                "echo", "--home", HOME, "--json", "r.json", "--seconds", "60", "--warm-up", "0", "--only", "epoll-c")) {
            ProcessHandle process = ProcessHandle.of(bench.pid()).orElseThrow();
            List<ProcessHandle> children = children(process);
            bench.terminate();
            assertThat(bench.awaitExit(TIMEOUT)).isEqualTo(143);
            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The server and the generator, once both are there. */
    private static List<ProcessHandle> children(ProcessHandle process) {
        return descendants(process, Map.of("native", 2L));
    }

    /**
     * All there are, once there are the wanted ones.
     *
     * @param wanted how many processes, by a part of their program's path
     */
    private static List<ProcessHandle> descendants(ProcessHandle process, Map<String, Long> wanted) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            List<ProcessHandle> all = process.descendants().toList();
            boolean complete = wanted.entrySet().stream()
                    .allMatch((Map.Entry<String, Long> each) -> each.getValue() == count(all, each.getKey()));
            if (complete) {
                return all;
            }
            assertThat(System.nanoTime()).as("processes: " + all).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static long count(List<ProcessHandle> processes, String program) {
        return processes.stream()
                .filter(each -> each.info().command().orElse("").contains(program))
                .count();
    }
}
