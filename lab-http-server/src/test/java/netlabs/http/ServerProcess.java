package netlabs.http;

import static netlabs.common.testing.LabJar.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import netlabs.common.process.RunningProgram;
import netlabs.common.testing.LabJar;

/** The jar's server in a process of its own, on a port that was free. */
record ServerProcess(RunningProgram program, int port) implements AutoCloseable {
    /** The site that the guide is about. */
    static final Path WWW = LabJar.samples().resolve("www");

    /** A time long enough ago for a strong entity tag, and one that HTTP's dates can name. */
    static final Instant THEN = Instant.parse("2024-02-29T12:34:56Z");

    /**
     * Serves {@code root}.
     *
     * @param folder where the program runs
     * @param model the value of {@code --model}
     * @return when it listens
     */
    static ServerProcess start(Path folder, Path root, String model, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("server", "--root", root.toString(), "--port", "0", "--model", model));
        arguments.addAll(List.of(more));
        RunningProgram program = LabJar.start(folder, arguments.toArray(new String[0]));
        try {
            return new ServerProcess(program, program.awaitReady(TIMEOUT));
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    /**
     * @param path with its slash: {@code /index.html}
     */
    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Waits for the line of the access log that has {@code text}. */
    void awaitLogged(String text) throws Exception {
        program.awaitOutput(text, TIMEOUT);
    }

    @Override
    public void close() {
        program.close();
    }

    /** Whether the server ends the connection after each response. */
    static boolean closes(String model) {
        return model.equals("iterative");
    }

    /** Random bytes, so that every value and every cut between two receives is among them. */
    static Path randomFile(Path folder, String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Path file = Files.write(folder.resolve(name), bytes);
        Files.setLastModifiedTime(file, FileTime.from(THEN));
        return file;
    }

    /** Ends a client's story: it has ended with {@code status}. */
    static void assertEnds(RunningProgram program, int status) throws Exception {
        assertThat(program.awaitExit(TIMEOUT)).as(program.toString()).isEqualTo(status);
    }
}
