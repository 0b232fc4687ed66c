package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a running server takes, as proc(5) has it: its process and those that it started, like nginx's worker.
 *
 * @param server the one that was started
 */
record ServerUsage(ServerProcess server) {

    /** {@code VmRSS}: the memory that is resident now, in KiB. Pages that several processes share count for each. */
    long residentKib() throws TrialFailedException, InterruptedException {
        return memoryKib("VmRSS:");
    }

    /** {@code VmHWM}: the most that was resident at once, in KiB; of several processes the sum of their peaks. */
    long peakKib() throws TrialFailedException, InterruptedException {
        return memoryKib("VmHWM:");
    }

    /** Processor time until now, user and system, all threads; proc(5) counts 0.01 s. */
    Duration cpu() throws TrialFailedException, InterruptedException {
        Duration sum = Duration.ZERO;
        for (ProcessHandle process : processes()) {
            Duration cpu = process.info().totalCpuDuration().orElse(null);
            if (cpu == null) {
                throw unreadable("processor time");
            }
            sum = sum.plus(cpu);
        }
        return sum;
    }

    private long memoryKib(String field) throws TrialFailedException, InterruptedException {
        long sum = 0;
        for (ProcessHandle process : processes()) {
            sum += memoryKib(process, field);
        }
        return sum;
    }

    private long memoryKib(ProcessHandle process, String field) throws TrialFailedException, InterruptedException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            // it has ended, like a process that has no such line any more
        }
        throw unreadable("memory");
    }

    private List<ProcessHandle> processes() throws TrialFailedException, InterruptedException {
        ProcessHandle first = ProcessHandle.of(server.pid()).orElse(null);
        if (first == null) {
            throw unreadable("process");
        }
        return Stream.concat(Stream.of(first), first.descendants()).toList();
    }

    private TrialFailedException unreadable(String what) throws InterruptedException {
        return new TrialFailedException("its " + what + " cannot be read; " + server.fate());
    }
}
