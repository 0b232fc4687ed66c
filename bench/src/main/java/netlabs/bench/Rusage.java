package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code rusage.c} says of a program that has ended.
 *
 * @param startedUs when, in microseconds of a clock that is the same for all processes
 * @param endedUs when, on the same clock
 * @param cpuSeconds processor time, user and system, all threads
 * @param machineCpuSeconds processor time of all programs and of the kernel from its start to its end; proc(5) counts 0.01
 * @param peakKib the most memory that was resident at once, in KiB
 */
record Rusage(long startedUs, long endedUs, double cpuSeconds, double machineCpuSeconds, long peakKib) {

    /** From its start to its end. */
    double seconds() {
        return (endedUs - startedUs) / 1e6;
    }

    /**
     * @param besides processor seconds of a program that does not count as another
     * @return the share of one processor that all others had while it ran, the kernel's own threads among them
     */
    double othersShare(double besides) {
        return Math.max(0, machineCpuSeconds - cpuSeconds - besides) / seconds();
    }

    /**
     * @param rusage the compiled {@code rusage.c}
     * @param result where it writes
     * @return {@code command}, watched by it
     */
    static List<String> watching(NativeProgram rusage, Path result, List<String> command) {
        List<String> watched = new ArrayList<>(List.of(rusage.binary().toString(), result.toString()));
        watched.addAll(command);
        return watched;
    }

    /**
     * @throws IOException if the program was not watched to its end
     */
    static Rusage read(Path result) throws IOException {
        return Json.MAPPER.readValue(Files.readString(result), Rusage.class);
    }
}
