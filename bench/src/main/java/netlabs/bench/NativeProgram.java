package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import netlabs.common.LabException;
import netlabs.common.process.RunningProgram;

/**
 * A program in C, compiled when it is needed.
 *
 * @param source one file, which may include headers beside it
 * @param binary where the program will be
 */
record NativeProgram(Path source, Path binary) {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * Compiles it if it is missing or older than a source beside it.
     *
     * @throws LabException if there is no compiler, or it finds fault
     */
    void build() throws InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new LabException("this suite needs Linux: what measures in it is built on epoll(7) and proc(5)");
        }
        try {
            if (!isUpToDate()) {
                compile();
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot build", source, e);
        } catch (TimeoutException e) {
            throw new LabException("compiling " + source + " takes more than a minute", e);
        }
    }

    private boolean isUpToDate() throws IOException {
        if (!Files.isExecutable(binary)) {
            return false;
        }
        FileTime built = Files.getLastModifiedTime(binary);
        try (Stream<Path> sources = Files.list(source.getParent())) {
            for (Path each : (Iterable<Path>) sources::iterator) {
                if (Files.getLastModifiedTime(each).compareTo(built) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void compile() throws IOException, InterruptedException, TimeoutException {
        Path gcc = SearchPath.find("gcc")
                .orElseThrow(() -> new LabException("there is no gcc, and what measures in this suite is"
                        + " written in C - on Debian: apt-get install gcc libc6-dev"));
        Files.createDirectories(binary.getParent());
        // Under its final name it is always whole, whoever else compiles it at the same time.
        Path unfinished = Files.createTempFile(binary.getParent(), binary.getFileName() + ".", "");
        List<String> command = List.of(
                gcc.toString(), "-O2", "-Wall", "-Wextra", "-Werror", "-o", unfinished.toString(), source.toString());
        try (RunningProgram compiler = RunningProgram.start(binary.getParent(), command)) {
            if (compiler.awaitExit(TIMEOUT) != 0) {
                throw new LabException("gcc cannot compile " + source + ": "
                        + compiler.error().strip().lines().findFirst().orElse("it does not say why")
                        + " - is libc6-dev installed?");
            }
            Files.move(unfinished, binary, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
